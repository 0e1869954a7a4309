use std::{collections::BTreeMap, sync::Mutex};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{AckSender, Data, SocketRef},
    socket::Sid,
};

static GAMES: Mutex<BTreeMap<String, Game>> = Mutex::new(BTreeMap::new());

#[derive(Deserialize)]
struct Join {
    game: String,
}

#[derive(Clone, Copy, PartialEq, Serialize)]
enum Mark {
    X,
    O,
}

/// Why a request is refused.
type Refusal = &'static str;

#[derive(Default)]
struct Game {
    /// X first, then O.
    players: Vec<Sid>,
    cells: [Option<Mark>; 9],
    turn: Option<Mark>,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("join", join);
    });
}

async fn join(socket: SocketRef, Data(Join { game: id }): Data<Join>, ack: AckSender) {
    let seated = {
        let mut games = GAMES.lock().unwrap();
        let game = games.entry(id.clone()).or_default();
        game.sit_down(socket.id).map(|mark| (mark, game.board(&id)))
    };
    match seated {
        Ok((mark, board)) => {
            socket.join(room_of(&id));
            ack.send(&json!({ "ok": true, "mark": mark })).ok();
            socket.within(room_of(&id)).emit("board", &board).await.ok();
        }
        Err(error) => refuse(ack, error),
    }
}

fn refuse(ack: AckSender, error: Refusal) {
    ack.send(&json!({ "ok": false, "error": error })).ok();
}

/// The prefix keeps a client from naming another room, such as the one that every socket has of its own.
fn room_of(id: &str) -> String {
    format!("game:{id}")
}

impl Game {
    fn sit_down(&mut self, player: Sid) -> Result<Mark, Refusal> {
        let mark = match self.players.len() {
            0 => Mark::X,
            _ => Mark::O,
        };
        self.players.push(player);
        if mark == Mark::O {
            self.turn = Some(Mark::X);
        }
        Ok(mark)
    }

    fn board(&self, id: &str) -> Value {
        json!({ "game": id, "cells": self.cells, "turn": self.turn, "winner": null })
    }
}
