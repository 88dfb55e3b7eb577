"""`grader notebooks`: write the sections as notebooks."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.options import Refusal, course_option, names


@click.command(short_help="Write the sections as notebooks.")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--only", metavar="NAMES", multiple=True, callback=names,
    help="Just these exercises, or whole sections by their modules' names: --only softmax,mlp.",
)  # fmt: skip
@course_option
def command(*, folder: Path, only: tuple[str, ...], course: Path) -> None:
    """Write each section of the course as a notebook, DIR/SECTION.ipynb, for students to fill in.

    For each exercise it has a cell with the stub, and below that a cell with its %check. What comes back is
    graded as it is: one of these notebooks, or a folder with some of them, is a submission.

    A file that is there and holds something else is somebody's work: nothing is written then. The same
    command twice writes the same bytes.

    Exit status: 0, they are there; 2, wrong usage, or a file is in the way.
    """
    from grader.authoring.notebook_export import Changed, write
    from grader.authoring.stubs import StubError
    from grader.course.course import CourseError, load

    try:
        whole = load(course)
        modules = {
            section.module: [exercise.name for exercise in section.exercises] for section in whole.sections
        }
        wanted = [name for asked in only for name in modules.get(asked, [asked])]
        written = write(load(course, wanted) if wanted else whole, folder)
    except Changed as error:
        listed = "\n".join(f"  {path}" for path in error.paths)
        raise Refusal(
            f"Nothing was written. These files are there already and hold something else:\n{listed}\n"
            "Name another folder, or move them away."
        ) from error
    except OSError as error:
        raise Refusal(f"{folder} can't be written to: {error.strerror or error}") from error
    except (CourseError, StubError) as error:
        raise Refusal(str(error)) from error
    for path in written:
        click.echo(f"written: {path}")
    if not written:
        click.echo(f"The notebooks in {folder} are up to date.")
