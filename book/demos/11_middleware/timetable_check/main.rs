use std::time::Duration;

use serde_json::Value;
use socketioxide::{
    SocketIo,
    extract::{Extension, SocketRef, TryData},
    handler::ConnectHandler,
};
use tokio::time::sleep;

#[derive(Clone)]
struct Lesson(&'static str);

fn main() {
    sandbox::serve(register);
}

// region: attach
fn register(io: &SocketIo) {
    io.ns("/", enter.with(check));
}

async fn enter(socket: SocketRef, Extension(Lesson(lesson)): Extension<Lesson>) {
    socket.emit("lesson", lesson).ok();
}
// endregion

// region: check
async fn check(socket: SocketRef, TryData(auth): TryData<Value>) -> Result<(), &'static str> {
    let auth = auth.unwrap_or_default();
    let name = auth["lesson"].as_str().ok_or("no_such_lesson")?;
    let found = find_lesson(name).await.map_err(|_| "try_again_later")?;
    let lesson = found.ok_or("no_such_lesson")?;
    socket.extensions.insert(Lesson(lesson));
    Ok(())
}
// endregion

/// The timetable: it takes a moment, and the page with the lab is torn out.
async fn find_lesson(name: &str) -> Result<Option<&'static str>, String> {
    sleep(Duration::from_millis(5)).await;
    if name == "lab" {
        return Err("page 4 is missing".to_owned());
    }
    Ok(["physics", "chemistry"].into_iter().find(|lesson| *lesson == name))
}
