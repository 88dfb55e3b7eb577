"""`grader notebooks`: write the sections of a course as notebooks."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.options import CommandError, course_option, split_names


@click.command(short_help="Write the sections of a course as notebooks.")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--only", metavar="NAMES", multiple=True, callback=split_names,
    help="Only these exercises, or all of a section by its module's name: --only softmax,mlp.",
)  # fmt: skip
@course_option
def command(*, folder: Path, only: tuple[str, ...], course: Path) -> None:
    """Write each section of a course as a notebook for students to fill in: DIR/SECTION.ipynb.

    Each exercise has a cell with its stub, and below it a cell with its %check. A filled-in notebook, or a
    folder of them, is a submission that `grader grade` accepts as it is.

    If a file already exists with other content, nothing is written: it may be somebody's work. The same
    command twice writes the same bytes.

    Exit status: 0: the notebooks are written; 2: wrong usage, or a file is in the way.
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
        raise CommandError(
            f"Nothing was written. These files already exist with other content:\n{listed}\n"
            "Choose another folder, or move them away."
        ) from error
    except OSError as error:
        raise CommandError(f"{folder} can't be written to: {error.strerror or error}") from error
    except (CourseError, StubError) as error:
        raise CommandError(str(error)) from error
    for path in written:
        click.echo(f"written: {path}")
    if not written:
        click.echo(f"The notebooks in {folder} are up to date.")
