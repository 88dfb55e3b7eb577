"""One module for each revision of the schema. A revision that was released is never edited."""
