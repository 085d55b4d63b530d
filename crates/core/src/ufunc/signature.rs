//! Core dimensions of generalised ufuncs: `(n?,k),(k,m?)->(n?,m?)` parsed to numbers.
//!
//! A dimension is a name shared between operands, a frozen size (`3`), or a name marked `?`, which operands may lack.

use sharray_base::{Error, Result};

/// One distinct core dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoreDim {
    /// Its name, or its size as written.
    pub name: Box<str>,
    /// Its size, when fixed.
    pub size: Option<isize>,
    /// True when operands may lack it (`?`).
    pub optional: bool,
}

/// A parsed signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoreSignature {
    /// As it was written.
    pub text: Box<str>,
    /// The distinct dimensions, in order of first appearance.
    pub dims: Vec<CoreDim>,
    /// For each operand, indices into `dims`.
    pub operands: Vec<Vec<usize>>,
}

impl CoreSignature {
    /// Parses a signature for `nin` inputs and `nout` outputs.
    ///
    /// # Errors
    /// `Value` with the signature, when it is malformed or has another number of operands.
    pub fn parse(text: &str, nin: usize, nout: usize) -> Result<CoreSignature> {
        let mut parser = Parser { text, dims: Vec::new() };
        let (inputs, outputs) = text.split_once("->").ok_or_else(|| parser.fail("it has no '->'"))?;
        let mut operands = parser.side(inputs)?;
        let inputs = operands.len();
        operands.extend(parser.side(outputs)?);
        if (inputs, operands.len() - inputs) != (nin, nout) {
            return Err(parser.fail(&format!("it does not name {nin} inputs and {nout} outputs")));
        }
        Ok(CoreSignature { text: text.into(), dims: parser.dims, operands })
    }
    /// Number of core dimensions of an operand.
    pub fn ndim(&self, operand: usize) -> usize {
        self.operands[operand].len()
    }
}

struct Parser<'a> {
    text: &'a str,
    dims: Vec<CoreDim>,
}

impl Parser<'_> {
    fn fail(&self, why: &str) -> Error {
        Error::Value(format!("can't parse the ufunc signature '{}': {why}", self.text))
    }

    fn side(&mut self, side: &str) -> Result<Vec<Vec<usize>>> {
        let mut operands = Vec::new();
        let mut rest = side.trim();
        while !rest.is_empty() {
            let inner = rest.strip_prefix('(').ok_or_else(|| self.fail("expected '('"))?;
            let (dims, after) = inner.split_once(')').ok_or_else(|| self.fail("expected ')'"))?;
            operands.push(self.operand(dims.trim())?);
            let after = after.trim_start();
            rest = match after.strip_prefix(',') {
                Some(more) if !more.trim().is_empty() => more.trim_start(),
                None if after.is_empty() => after,
                _ => return Err(self.fail("expected ',' and an operand")),
            };
        }
        Ok(operands)
    }

    fn operand(&mut self, dims: &str) -> Result<Vec<usize>> {
        if dims.is_empty() {
            return Ok(Vec::new());
        }
        dims.split(',').map(|dim| self.dim(dim.trim())).collect()
    }

    fn dim(&mut self, text: &str) -> Result<usize> {
        let (name, optional) = text.strip_suffix('?').map_or((text, false), |name| (name.trim_end(), true));
        let size = match name.parse::<isize>() {
            Ok(n) if n > 0 => Some(n),
            Ok(_) => return Err(self.fail("a frozen dimension must be positive")),
            Err(_) => None,
        };
        let is_name = name.chars().next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if size.is_none() && !is_name {
            return Err(self.fail("expected a dimension name"));
        }
        if let Some(known) =
            self.dims.iter().position(|d| &*d.name == name || size.is_some() && d.size == size)
        {
            if self.dims[known].optional != optional {
                return Err(self.fail("'?' must mark a dimension everywhere or nowhere"));
            }
            return Ok(known);
        }
        self.dims.push(CoreDim { name: name.into(), size, optional });
        Ok(self.dims.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures() {
        let check = |text: &str, nin, nout, expected: Option<(&[&str], &[&[usize]])>| {
            let parsed = CoreSignature::parse(text, nin, nout).ok();
            let found = parsed.as_ref().map(|s| {
                (
                    s.dims.iter().map(|d| &*d.name).collect::<Vec<_>>(),
                    s.operands.iter().map(|o| &o[..]).collect(),
                )
            });
            let expected: Option<(Vec<&str>, Vec<&[usize]>)> =
                expected.map(|(d, o)| (d.to_vec(), o.to_vec()));
            assert_eq!(found, expected, "{text}");
        };
        check("(n?,k),(k,m?)->(n?,m?)", 2, 1, Some((&["n", "k", "m"], &[&[0, 1], &[1, 2], &[0, 2]])));
        check("(),()->()", 2, 1, Some((&[], &[&[], &[], &[]])));
        check("(3),( 3 )->(3)", 2, 1, Some((&["3"], &[&[0], &[0], &[0]])));
        check("(i)->()", 1, 1, Some((&["i"], &[&[0], &[]])));
        check("(3),(03)->()", 2, 1, Some((&["3"], &[&[0], &[0], &[]])));
        check("(i)->", 1, 0, Some((&["i"], &[&[0]])));
        for bad in [
            "(i)",
            "(i->()",
            "i)->()",
            "(i),->()",
            "(i)(j)->()",
            "(0)->()",
            "(-1)->()",
            "(i?),(i)->()",
            "(,)->()",
        ] {
            check(bad, 1, 1, None);
        }
        check("(i)->()", 2, 1, None);
    }
}
