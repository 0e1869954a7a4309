//! Tuple structs instead of tuples, and integers as they come.

use serde::{Deserialize, Serialize};
use serde_json::Number;
use socketioxide::{
    SocketIo,
    extract::{SocketRef, TryData},
};

#[derive(Deserialize)]
struct Grade(String, u32, u32);

#[derive(Serialize)]
struct Graded(String, f64, bool);

#[derive(Serialize)]
struct Averaged(f64, Vec<Number>);

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    io.ns("/", async |socket: SocketRef| {
        socket.on("grade", async |socket: SocketRef, TryData(grade): TryData<Grade>| {
            let Ok(Grade(name, points, possible)) = grade else { return };
            let graded = Graded(name, f64::from(100 * points) / f64::from(possible), 2 * points >= possible);
            socket.emit("graded", &graded).ok();
        });

        socket.on("average", async |socket: SocketRef, TryData(marks): TryData<Vec<Number>>| {
            let Ok(marks) = marks else { return };
            let sum: f64 = marks.iter().filter_map(Number::as_f64).sum();
            socket.emit("averaged", &Averaged(sum / marks.len() as f64, marks)).ok();
        });
    });
}
