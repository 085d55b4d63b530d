"""The pages under docs/: made ones are up to date, links lead somewhere, and the site shows every page."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def test_the_table_of_functions_is_up_to_date():
    command = [sys.executable, "-m", "tools.functions", "--check", "docs/functions.md"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_of_a_page(page):
    text = re.sub(r"(`+).*?\1", "", page.read_text(), flags=re.S)
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_site_shows_every_page():
    shown = re.findall(r": (\S+\.md)$", (ROOT / "docs/mkdocs.yml").read_text(), re.M)
    assert {f"docs/{one}" for one in shown} >= {str(page.relative_to(ROOT)) for page in ROOT.glob("docs/*.md")}
    assert all((ROOT / "docs" / one).exists() for one in shown)
