"""Print the results of the matrix as a table in Markdown: `python tests/matrix/table.py out/matrix`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

STEPS = ("doctor", "stubs", "solved", "grade", "files")
VERSIONS = ("python", "torch", "numpy", "pandas")


def main() -> None:
    """Print the table, and write it beside the results."""
    folder = Path(sys.argv[1])
    results = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    text = table(sorted(results, key=lambda result: (result["order"], result["at"])))
    (folder / "table.md").write_text(text, encoding="utf-8")
    print(text)


def table(results: list[dict[str, Any]]) -> str:
    """Return the table, and below it the reasons of what failed."""
    head = [
        "environment",
        "date",
        *(name.capitalize() if name == "python" else name for name in VERSIONS),
        *STEPS,
    ]
    rows = [head, ["---"] * len(head)]
    notes: list[str] = []
    for result in results:
        row = [result["title"], result["date"]]
        missing = result.get("not_run") or result.get("broken")
        if missing:
            notes.append(missing)
            word = "not run" if "not_run" in result else "failed"
            rows.append([*row, *[""] * len(VERSIONS), *[f"{word} [{len(notes)}]"] * (len(STEPS) - 1), ""])
            continue
        row += [result["versions"].get(name, "") for name in VERSIONS]
        for name in STEPS:
            step = result["steps"].get(name)
            if step is None:
                row.append("")
            elif step["status"] == "ok":
                row.append(f"ok, {step['seconds']:.0f} s")
            else:
                notes.append(step["reason"])
                row.append(f"**failed** [{len(notes)}]")
        rows.append(row)
    lines = [f"| {' | '.join(row)} |" for row in rows]
    reasons = [f"{number}. {reason}" for number, reason in enumerate(notes, 1)]
    return "\n".join([*lines, *([""] if reasons else []), *reasons, ""])


if __name__ == "__main__":
    main()
