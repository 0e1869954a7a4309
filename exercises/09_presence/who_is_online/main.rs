// Who is online: several tabs, one person. The contract is in exercise.yaml.
//
// The connection handler runs for each connection. Is that the same as: for each person?

use std::{
    collections::{BTreeMap, BTreeSet},
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
    seats: BTreeMap<String, usize>,
    online: BTreeSet<String>,
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
    CLASSROOM.lock().unwrap().opens_tab(&who.name);
    let everyone = CLASSROOM.lock().unwrap().everyone();
    let person = CLASSROOM.lock().unwrap().person(&who.name);
    socket.extensions.insert(who); // `leaves` finds it there
    socket.on_disconnect(leaves);

    socket.emit("everyone", &everyone).ok();
    socket.broadcast().emit("online", &person).await.ok();
}

async fn leaves(socket: SocketRef, Extension(Who { name }): Extension<Who>) {
    CLASSROOM.lock().unwrap().closes_tab(&name);
    socket.broadcast().emit("offline", &json!({ "name": name })).await.ok();
}

impl Classroom {
    fn opens_tab(&mut self, name: &str) {
        let next_seat = self.seats.len() + 1;
        self.seats.entry(name.to_owned()).or_insert(next_seat);
        self.online.insert(name.to_owned());
    }

    fn closes_tab(&mut self, name: &str) {
        self.online.remove(name);
    }

    fn everyone(&self) -> Vec<Person> {
        self.online.iter().map(|name| self.person(name)).collect()
    }

    fn person(&self, name: &str) -> Person {
        Person { name: name.to_owned(), seat: self.seats[name] }
    }
}
