// Another style: each game is a task of its own that owns its state, so there is no lock. Requests come to it through
// a channel, one after another. It sends the board to the sockets that it knows, without a room.

use std::{collections::HashMap, sync::Arc};

use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, Event, SocketRef},
};
use tokio::sync::{Mutex, mpsc};

struct Request {
    what: String,
    name: String,
    payload: Value,
    socket: SocketRef,
    ack: AckSender,
}

type Tables = Arc<Mutex<HashMap<String, mpsc::UnboundedSender<Request>>>>;

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    let tables = Tables::default();
    io.ns("/", move |socket: SocketRef, Data(auth): Data<Value>| {
        let tables = Arc::clone(&tables);
        async move {
            let name = auth["name"].as_str().unwrap_or_default().to_owned();
            socket.on_fallback(
                move |socket: SocketRef, Event(what): Event, Data(payload): Data<Value>, ack: AckSender| {
                    let request = Request { what, name: name.clone(), payload, socket, ack };
                    let tables = Arc::clone(&tables);
                    async move { hand_over(&tables, request).await }
                },
            );
        }
    });
}

/// Every client of a game speaks to the same task.
async fn hand_over(tables: &Tables, request: Request) {
    let id = request.payload["game"].as_str().unwrap_or_default().to_owned();
    let mut tables = tables.lock().await;
    let table = tables.entry(id.clone()).or_insert_with(|| {
        let (table, requests) = mpsc::unbounded_channel();
        tokio::spawn(attend(id, requests));
        table
    });
    table.send(request).ok();
}

/// `board`: nine letters. `moves`: of this game; with `games` it says who is on turn.
#[derive(Default)]
struct Table {
    names: Vec<String>,
    board: Vec<char>,
    moves: usize,
    games: usize,
    again: [bool; 2],
}

async fn attend(id: String, mut requests: mpsc::UnboundedReceiver<Request>) {
    let mut table = Table { board: vec!['.'; 9], ..Table::default() };
    let mut watchers: Vec<SocketRef> = Vec::new();
    while let Some(Request { what, name, payload, socket, ack }) = requests.recv().await {
        watchers.retain(|watcher| watcher.connected());
        let answer = match what.as_str() {
            "join" => table.join(name),
            "move" => table.put(&name, payload["cell"].as_u64()),
            "rematch" => table.again(&name),
            _ => continue,
        };
        match answer {
            Ok(more) => {
                if what == "join" && !watchers.iter().any(|watcher| watcher.id == socket.id) {
                    watchers.push(socket);
                }
                ack.send(&more).ok();
                let board = table.show(&id);
                watchers.iter().for_each(|watcher| drop(watcher.emit("board", &board)));
            }
            Err(error) => drop(ack.send(&json!({ "ok": false, "error": error }))),
        }
    }
}

impl Table {
    fn join(&mut self, name: String) -> Result<Value, &'static str> {
        let chair = match self.chair(&name) {
            Ok(chair) => chair,
            Err(_) if self.names.len() == 2 => return Err("full"),
            Err(_) => {
                self.names.push(name);
                self.names.len() - 1
            }
        };
        Ok(json!({ "ok": true, "mark": mark(chair) }))
    }

    fn put(&mut self, name: &str, cell: Option<u64>) -> Result<Value, &'static str> {
        let chair = self.chair(name)?;
        let cell = cell.and_then(|cell| usize::try_from(cell).ok()).filter(|cell| *cell < 9);
        match (self.winner(), cell) {
            _ if self.names.len() < 2 => Err("waiting"),
            (Some(_), _) => Err("over"),
            _ if chair != self.turn() => Err("not_your_turn"),
            (None, None) => Err("no_such_cell"),
            (None, Some(cell)) if self.board[cell] != '.' => Err("taken"),
            (None, Some(cell)) => {
                self.board[cell] = mark(chair);
                self.moves += 1;
                Ok(json!({ "ok": true }))
            }
        }
    }

    fn again(&mut self, name: &str) -> Result<Value, &'static str> {
        let chair = self.chair(name)?;
        self.winner().ok_or("not_over")?;
        self.again[chair] = true;
        if self.again == [true, true] {
            let (names, games) = (std::mem::take(&mut self.names), self.games + 1);
            *self = Self { names, board: vec!['.'; 9], games, ..Self::default() };
        }
        Ok(json!({ "ok": true }))
    }

    fn chair(&self, name: &str) -> Result<usize, &'static str> {
        self.names.iter().position(|sits| sits == name).ok_or("not_playing")
    }

    fn turn(&self) -> usize {
        (self.moves + self.games) % 2
    }

    fn winner(&self) -> Option<String> {
        let rows = (0..3).map(|row| [row * 3, row * 3 + 1, row * 3 + 2]);
        let columns = (0..3).map(|column| [column, column + 3, column + 6]);
        let mut lines = rows.chain(columns).chain([[0, 4, 8], [2, 4, 6]]);
        let full = lines.find_map(|line| {
            let [a, b, c] = line.map(|cell| self.board[cell]);
            (a != '.' && a == b && b == c).then(|| a.to_string())
        });
        full.or_else(|| (!self.board.contains(&'.')).then(|| "draw".to_owned()))
    }

    fn show(&self, id: &str) -> Value {
        let winner = self.winner();
        let turn = (winner.is_none() && self.names.len() == 2).then(|| mark(self.turn()));
        let cells: Vec<Option<char>> =
            self.board.iter().map(|cell| (*cell != '.').then_some(*cell)).collect();
        json!({ "game": id, "cells": cells, "turn": turn, "winner": winner })
    }
}

fn mark(chair: usize) -> char {
    ['X', 'O'][chair]
}
