"""A queue as it is often written: Flask and SQLite, each ticket on the disk before its answer. A yardstick, no more."""
import logging
import sqlite3
import sys
import uuid

import flask

port, path = int(sys.argv[1]), sys.argv[2]
app = flask.Flask(__name__)
logging.getLogger("werkzeug").setLevel(logging.ERROR)


def connect():
    database = sqlite3.connect(path, timeout=60, isolation_level=None)
    database.execute("PRAGMA synchronous = FULL")
    return database


with connect() as first:
    first.execute("PRAGMA journal_mode = WAL")
    first.execute("CREATE TABLE ticket(id TEXT PRIMARY KEY, number INTEGER NOT NULL, service TEXT NOT NULL)")
    first.execute("CREATE TABLE event(id INTEGER PRIMARY KEY, body TEXT NOT NULL)")


@app.post("/tickets")
def issue():
    service = flask.request.get_json()["service"]
    database = connect()
    try:
        database.execute("BEGIN IMMEDIATE")
        number = database.execute("SELECT count(*) FROM ticket").fetchone()[0] + 1
        ticket = str(uuid.uuid4())
        database.execute("INSERT INTO ticket VALUES (?, ?, ?)", (ticket, number, service))
        database.execute("INSERT INTO event(body) VALUES (?)", (ticket,))
        database.execute("COMMIT")
    finally:
        database.close()
    return {"id": ticket, "number": number}, 201


app.run(port=port, threaded=True)
