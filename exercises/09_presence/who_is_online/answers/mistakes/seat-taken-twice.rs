use std::{
    collections::BTreeMap,
    sync::{LazyLock, Mutex},
};

use serde::{Deserialize, Serialize};
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{Data, Extension, SocketRef},
};

#[derive(Default)]
struct Classroom {
    /// By name, for as long as the server runs.
    seats: BTreeMap<String, usize>,
    /// How many connections each name has; who has none is not in it.
    tabs: BTreeMap<String, usize>,
}

static CLASSROOM: LazyLock<Mutex<Classroom>> = LazyLock::new(Mutex::default);

#[derive(Clone, Deserialize)]
struct Who {
    name: String,
}

#[derive(Serialize)]
struct Person {
    name: String,
    seat: usize,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", arrives);
}

async fn arrives(socket: SocketRef, Data(who): Data<Who>) {
    let is_first = CLASSROOM.lock().unwrap().opens_tab(&who.name);
    let everyone = CLASSROOM.lock().unwrap().everyone();
    let person = CLASSROOM.lock().unwrap().person(&who.name);
    socket.extensions.insert(who);
    socket.on_disconnect(leaves);

    socket.emit("everyone", &everyone).ok();
    if is_first {
        socket.broadcast().emit("online", &person).await.ok();
    }
}

async fn leaves(socket: SocketRef, Extension(Who { name }): Extension<Who>) {
    let was_last = CLASSROOM.lock().unwrap().closes_tab(&name);
    if was_last {
        socket.broadcast().emit("offline", &json!({ "name": name })).await.ok();
    }
}

impl Classroom {
    fn opens_tab(&mut self, name: &str) -> bool {
        let next_seat = self.tabs.len() + 1;
        self.seats.entry(name.to_owned()).or_insert(next_seat);
        let tabs = self.tabs.entry(name.to_owned()).or_insert(0);
        *tabs += 1;
        *tabs == 1
    }

    fn closes_tab(&mut self, name: &str) -> bool {
        let Some(tabs) = self.tabs.get_mut(name) else { return false };
        *tabs -= 1;
        let was_last = *tabs == 0;
        if was_last {
            self.tabs.remove(name);
        }
        was_last
    }

    fn everyone(&self) -> Vec<Person> {
        self.tabs.keys().map(|name| self.person(name)).collect()
    }

    fn person(&self, name: &str) -> Person {
        Person { name: name.to_owned(), seat: self.seats[name] }
    }
}
