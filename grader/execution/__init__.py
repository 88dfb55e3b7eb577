"""Run students' answers: load them, ask them, and record what was observed. All of this runs beside their code."""
