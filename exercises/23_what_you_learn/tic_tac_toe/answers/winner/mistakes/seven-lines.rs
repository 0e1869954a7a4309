use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
    socket::Sid,
};
use tokio::sync::Mutex;

const LINES: [[usize; 3]; 8] =
    [[0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 8], [2, 5, 8], [0, 4, 8], [2, 4, 6]];

/// By name. Locked until a change has been told: so nobody hears an older one later.
static GAMES: Mutex<BTreeMap<String, Game>> = Mutex::const_new(BTreeMap::new());

#[derive(Deserialize)]
struct Join {
    game: String,
}

#[derive(Deserialize)]
struct Move {
    game: String,
    cell: i64,
}

#[derive(Clone, Copy, PartialEq, Serialize)]
enum Mark {
    X,
    O,
}

#[derive(Clone, Copy, PartialEq, Serialize)]
enum Winner {
    X,
    O,
    #[serde(rename = "draw")]
    Nobody,
}

/// Why a request is refused.
type Refusal = &'static str;

#[derive(Default)]
struct Game {
    /// X first, then O.
    players: Vec<Sid>,
    cells: [Option<Mark>; 9],
    turn: Option<Mark>,
    winner: Option<Winner>,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("join", join);
        socket.on("move", play);
    });
}

async fn join(socket: SocketRef, Data(Join { game: id }): Data<Join>, ack: AckSender) {
    let mut games = GAMES.lock().await;
    let game = games.entry(id.clone()).or_default();
    match game.sit_down(socket.id) {
        Ok(mark) => {
            socket.join(room_of(&id));
            ack.send(&json!({ "ok": true, "mark": mark })).ok();
            socket.within(room_of(&id)).emit("board", &game.board(&id)).await.ok();
        }
        Err(error) => refuse(ack, error),
    }
}

async fn play(socket: SocketRef, Data(Move { game: id, cell }): Data<Move>, ack: AckSender) {
    // Check and change are one step, under one lock.
    let mut games = GAMES.lock().await;
    let moved = games.get_mut(&id).ok_or("not_playing").and_then(|game| {
        game.play(socket.id, cell)?;
        Ok(game.board(&id))
    });
    match moved {
        Ok(board) => {
            ack.send(&json!({ "ok": true })).ok();
            socket.within(room_of(&id)).emit("board", &board).await.ok();
        }
        Err(error) => refuse(ack, error),
    }
}

fn refuse(ack: AckSender, error: Refusal) {
    ack.send(&json!({ "ok": false, "error": error })).ok();
}

/// The prefix keeps a client from naming another room, such as one that the server uses for something else.
fn room_of(id: &str) -> String {
    format!("game:{id}")
}

impl Mark {
    fn other(self) -> Self {
        if self == Self::X { Self::O } else { Self::X }
    }
}

impl Game {
    fn sit_down(&mut self, player: Sid) -> Result<Mark, Refusal> {
        if let Some(mark) = self.mark_of(player) {
            return Ok(mark);
        }
        let mark = match self.players.len() {
            0 => Mark::X,
            1 => Mark::O,
            _ => return Err("full"),
        };
        self.players.push(player);
        if mark == Mark::O {
            self.turn = Some(Mark::X);
        }
        Ok(mark)
    }

    fn play(&mut self, player: Sid, cell: i64) -> Result<(), Refusal> {
        let mark = self.mark_of(player).ok_or("not_playing")?;
        if self.winner.is_some() {
            return Err("over");
        }
        let turn = self.turn.ok_or("waiting")?;
        if mark != turn {
            return Err("not_your_turn");
        }
        let cell =
            usize::try_from(cell).ok().and_then(|cell| self.cells.get_mut(cell)).ok_or("no_such_cell")?;
        if cell.is_some() {
            return Err("taken");
        }
        *cell = Some(mark);
        self.winner = self.find_winner();
        self.turn = if self.winner.is_none() { Some(mark.other()) } else { None };
        Ok(())
    }

    /// A line first: the ninth move may win.
    fn find_winner(&self) -> Option<Winner> {
        let is_full_of = |line: &[usize; 3], mark| line.iter().all(|cell| self.cells[*cell] == Some(mark));
        if LINES.iter().any(|line| is_full_of(line, Mark::X)) {
            Some(Winner::X)
        } else if LINES.iter().any(|line| is_full_of(line, Mark::O)) {
            Some(Winner::O)
        } else {
            self.cells.iter().all(Option::is_some).then_some(Winner::Nobody)
        }
    }

    fn mark_of(&self, player: Sid) -> Option<Mark> {
        let chair = self.players.iter().position(|sits| *sits == player)?;
        Some(if chair == 0 { Mark::X } else { Mark::O })
    }

    fn board(&self, id: &str) -> Value {
        json!({ "game": id, "cells": self.cells, "turn": self.turn, "winner": self.winner })
    }
}
