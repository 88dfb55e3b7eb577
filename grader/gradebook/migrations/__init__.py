"""Migrations of the gradebook's database, by Alembic."""
