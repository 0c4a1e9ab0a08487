"""Applies migrations/*.sql in their order; with --check only tells whether any is left."""
import os
import pathlib
import sys

import psycopg2

files = sorted(pathlib.Path("migrations").glob("*.sql"))
connection = psycopg2.connect(os.environ["DATABASE_URL"])
with connection, connection.cursor() as cursor:
    cursor.execute("SELECT to_regclass('applied_files') IS NOT NULL")
    applied = set()
    if cursor.fetchone()[0]:
        cursor.execute("SELECT name FROM applied_files")
        applied = {row[0] for row in cursor.fetchall()}
    pending = [file for file in files if file.name not in applied]
    if "--check" in sys.argv:
        sys.exit(1 if pending else 0)
    cursor.execute("CREATE TABLE IF NOT EXISTS applied_files (name text PRIMARY KEY)")
    for file in pending:
        print("applying", file.name, flush=True)
        cursor.execute(file.read_text())
        cursor.execute("INSERT INTO applied_files VALUES (%s)", (file.name,))
