use std::{
    collections::BTreeMap,
    sync::{LazyLock, Mutex},
};

use serde::{Deserialize, Serialize};
use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef},
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
    let (is_first, person, everyone) = CLASSROOM.lock().unwrap().opens_tab(&who.name);
    socket.extensions.insert(who);
    socket.on_disconnect(leaves);

    socket.emit("everyone", &everyone).ok();
    if is_first {
        socket.broadcast().emit("online", &person).await.ok();
    }
    // The line may have ended before there was a handler for its end.
    if !socket.connected() {
        leaves(socket).await;
    }
}

/// Takes the name out of the socket, so that a tab is closed once only.
async fn leaves(socket: SocketRef) {
    let Some(Who { name }) = socket.extensions.remove() else { return };
    let was_last = CLASSROOM.lock().unwrap().closes_tab(&name);
    if was_last {
        socket.broadcast().emit("offline", &json!({ "name": name })).await.ok();
    }
}

impl Classroom {
    /// Whether it is the person's first tab, the person, and all who are online: of one and the same moment.
    fn opens_tab(&mut self, name: &str) -> (bool, Person, Vec<Person>) {
        let next_seat = self.seats.len() + 1;
        self.seats.entry(name.to_owned()).or_insert(next_seat);
        let tabs = self.tabs.entry(name.to_owned()).or_insert(0);
        *tabs += 1;
        (*tabs == 1, self.person(name), self.everyone())
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
