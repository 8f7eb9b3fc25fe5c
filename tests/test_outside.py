"""Tests that need a program from outside say so where it is missing, and never pass for it."""

import pytest

from tests.outside import program


def test_a_missing_program_skips_a_test_and_says_how_to_get_it(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"no `soffice`.*apt-get install libreoffice"):
        program("soffice")


def test_where_ci_is_set_a_missing_program_is_a_failure(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="CI is set, but there is no `chromium`"):
        program("chromium")
