// Many arguments: take them apart, and send some of your own. The contract is in exercise.yaml.
//
// `42["grade","Meera",9,12]` is an event with three arguments. For socketioxide several arguments are a tuple.

use serde_json::json;
use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef},
};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("grade", grade);
        // And here comes `average`, with one argument: a list.
    });
}

async fn grade(socket: SocketRef, Data((name, points, possible)): Data<(String, f64, f64)>) {
    let percent = points / possible * 100.0;

    // How many arguments are these?
    socket.emit("graded", &json!({ "name": name, "percent": percent, "passed": percent >= 50.0 })).ok();
}
