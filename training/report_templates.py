"""Compile the templates of the report ahead of time: comparer/reporting/templates/compiled.json.

    python training/report_templates.py

Run it after a template, the settings of jinja in comparer/reporting/html.py or the version of jinja has changed; a test
says when that is due. The same templates and the same version give the same bytes.
"""

from __future__ import annotations

import json
from pathlib import Path

import comparer
from comparer.reporting.html import TEMPLATES, environment, key_of, text_of

COMPILED = Path(comparer.__file__).parent / "reporting" / "templates" / "compiled.json"


def compiled_templates() -> str:
    """Return what templates/compiled.json holds: the code that jinja makes of each template, by name.

    Making it takes a third of a second, a tenth of a whole run on three pages. `of` names the version of jinja and the
    text that the code was made of; code of another version or text is made anew in each run, so an old file costs time
    and nothing else.
    """
    made = {}
    for name in sorted(entry.name for entry in TEMPLATES.iterdir() if entry.name.endswith(".html")):
        made[name] = {"of": key_of(text_of(name)), "code": environment().compile(text_of(name), name, raw=True)}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    COMPILED.write_text(compiled_templates(), encoding="utf-8")
    print(f"wrote {COMPILED.name}: {COMPILED.stat().st_size} bytes")
