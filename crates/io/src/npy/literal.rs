//! Python literals: strings, integers, booleans, `None`, tuples, lists and dicts. No expressions, no names.

use sharray_base::{Error, Result};

/// A literal value.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `'text'`, with or without a prefix.
    Text(String),
    /// `42`; Python 2's `42L` as well.
    Int(i64),
    /// `True`, `False`.
    Bool(bool),
    /// `None`.
    None,
    /// `(1, 2)`.
    Tuple(Vec<Literal>),
    /// `[1, 2]`.
    List(Vec<Literal>),
    /// `{'a': 1}`, in order.
    Dict(Vec<(Literal, Literal)>),
}

/// How deep literals may nest.
const DEPTH: usize = 32;

/// Reads one literal that fills `text` up to white space.
///
/// # Errors
/// `Value` with the place and what stands there.
pub fn parse(text: &str) -> Result<Literal> {
    let mut parser = Parser { text: text.as_bytes(), at: 0 };
    let value = parser.value(0)?;
    parser.skip_white();
    if parser.at < parser.text.len() {
        return Err(parser.unexpected());
    }
    Ok(value)
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
}

impl Parser<'_> {
    fn unexpected(&self) -> Error {
        let rest = String::from_utf8_lossy(&self.text[self.at..]);
        let shown: String = rest.chars().take(20).collect();
        Error::Value(if shown.is_empty() {
            format!("literal ends too early, after {} bytes", self.at)
        } else {
            format!("unexpected {shown:?} at byte {} of a literal", self.at)
        })
    }
    fn skip_white(&mut self) {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }
    fn peek(&mut self) -> Option<u8> {
        self.skip_white();
        self.text.get(self.at).copied()
    }
    fn takes(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += found as usize;
        found
    }
    fn expect(&mut self, byte: u8) -> Result<()> {
        if self.takes(byte) { Ok(()) } else { Err(self.unexpected()) }
    }
    fn word(&mut self, word: &str, value: Literal) -> Option<Literal> {
        let rest = &self.text[self.at..];
        let ends = !rest.get(word.len()).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
        (rest.starts_with(word.as_bytes()) && ends).then(|| {
            self.at += word.len();
            value
        })
    }

    fn value(&mut self, depth: usize) -> Result<Literal> {
        if depth > DEPTH {
            return Err(Error::Value(format!("literal nests deeper than {DEPTH}")));
        }
        match self.peek() {
            Some(b'(') => self.tuple(depth),
            Some(b'[') => {
                self.at += 1;
                Ok(Literal::List(self.items(b']', depth)?.0))
            }
            Some(b'{') => self.dict(depth),
            Some(b'\'' | b'"') => self.string(),
            Some(b'u' | b'b' | b'U' | b'B') if matches!(self.text.get(self.at + 1), Some(b'\'' | b'"')) => {
                self.at += 1;
                self.string()
            }
            Some(b'-' | b'+' | b'0'..=b'9') => self.int(),
            Some(_) => {
                let words =
                    [("True", Literal::Bool(true)), ("False", Literal::Bool(false)), ("None", Literal::None)];
                let found = words.into_iter().find_map(|(word, value)| self.word(word, value));
                found.ok_or_else(|| self.unexpected())
            }
            None => Err(self.unexpected()),
        }
    }

    /// Values up to `close`, and whether a comma followed the last one.
    fn items(&mut self, close: u8, depth: usize) -> Result<(Vec<Literal>, bool)> {
        let mut items = Vec::new();
        let mut comma = false;
        while !self.takes(close) {
            if !items.is_empty() && !comma {
                return Err(self.unexpected());
            }
            items.push(self.value(depth + 1)?);
            comma = self.takes(b',');
        }
        Ok((items, comma))
    }

    fn tuple(&mut self, depth: usize) -> Result<Literal> {
        self.at += 1;
        let (mut items, comma) = self.items(b')', depth)?;
        // Parentheses around one value are no tuple.
        if items.len() == 1 && !comma { Ok(items.remove(0)) } else { Ok(Literal::Tuple(items)) }
    }

    fn dict(&mut self, depth: usize) -> Result<Literal> {
        self.at += 1;
        let mut items = Vec::new();
        let mut comma = true;
        while !self.takes(b'}') {
            if !comma {
                return Err(self.unexpected());
            }
            let key = self.value(depth + 1)?;
            self.expect(b':')?;
            items.push((key, self.value(depth + 1)?));
            comma = self.takes(b',');
        }
        Ok(Literal::Dict(items))
    }

    fn int(&mut self) -> Result<Literal> {
        let start = self.at;
        self.at += matches!(self.text[self.at], b'-' | b'+') as usize;
        let digits = self.at;
        while self.text.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        let text = std::str::from_utf8(&self.text[start..self.at]).unwrap_or("");
        let value = text.parse().ok().filter(|_| self.at > digits);
        self.at += matches!(self.text.get(self.at), Some(b'L' | b'l')) as usize;
        let value = value.ok_or_else(|| Error::Value(format!("{text:?} is no 64-bit integer")))?;
        Ok(Literal::Int(value))
    }

    fn string(&mut self) -> Result<Literal> {
        let quote = self.text[self.at];
        self.at += 1;
        let mut bytes = Vec::new();
        loop {
            let Some(&byte) = self.text.get(self.at) else { return Err(self.unexpected()) };
            self.at += 1;
            match byte {
                b if b == quote => break,
                b'\\' => self.escape(&mut bytes)?,
                b'\n' => return Err(self.unexpected()),
                b => bytes.push(b),
            }
        }
        String::from_utf8(bytes).map(Literal::Text).map_err(|_| self.unexpected())
    }

    fn escape(&mut self, bytes: &mut Vec<u8>) -> Result<()> {
        let Some(&letter) = self.text.get(self.at) else { return Err(self.unexpected()) };
        self.at += 1;
        let digits = match letter {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            _ => {
                bytes.push(match letter {
                    b'n' => b'\n',
                    b't' => b'\t',
                    b'r' => b'\r',
                    other => other,
                });
                return Ok(());
            }
        };
        let code = self.text.get(self.at..self.at + digits).and_then(|d| std::str::from_utf8(d).ok());
        let character = code.and_then(|d| u32::from_str_radix(d, 16).ok()).and_then(char::from_u32);
        let character = character.ok_or_else(|| self.unexpected())?;
        self.at += digits;
        bytes.extend(character.encode_utf8(&mut [0; 4]).as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals() {
        let text = |t: &str| Literal::Text(t.into());
        for (source, expected) in [
            ("{'a': (1, -2L), \"b\": [True, None,], }", {
                let tuple = Literal::Tuple(vec![Literal::Int(1), Literal::Int(-2)]);
                let list = Literal::List(vec![Literal::Bool(true), Literal::None]);
                Literal::Dict(vec![(text("a"), tuple), (text("b"), list)])
            }),
            ("()", Literal::Tuple(vec![])),
            ("(3)", Literal::Int(3)),
            ("(3,)", Literal::Tuple(vec![Literal::Int(3)])),
            ("u'\\x41\\u00e9\\'é'\n", text("Aé'é")),
        ] {
            assert_eq!(parse(source), Ok(expected), "{source}");
        }
        let deep = "(".repeat(100);
        for source in [
            "",
            "{",
            "{'a' 1}",
            "[1 2]",
            "'a",
            "1 2",
            "Truer",
            "f()",
            "99999999999999999999",
            "-",
            &deep,
            "'\\x4",
        ] {
            assert!(matches!(parse(source), Err(Error::Value(_))), "{source}");
        }
    }
}
