"""Compile the templates of the report ahead of time: comparer/reporting/templates/compiled.json.

    python training/report_templates.py

Run it after a template, the settings of jinja in comparer/reporting/html.py or the version of jinja has changed; a test
says when that is due. The same templates and the same version give the same bytes.
"""

from __future__ import annotations

from pathlib import Path

import comparer
from comparer.reporting.html import compiled_templates

COMPILED = Path(comparer.__file__).parent / "reporting" / "templates" / "compiled.json"

if __name__ == "__main__":
    COMPILED.write_text(compiled_templates(), encoding="utf-8")
    print(f"wrote {COMPILED.name}: {COMPILED.stat().st_size} bytes")
