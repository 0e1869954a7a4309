//! Three middlewares, one for each question, and an enum of the reasons.

use std::{fmt, time::Duration};

use serde::Deserialize;
use serde_json::{Value, json};
use socketioxide::{
    SocketIo,
    extract::{Data, SocketRef, TryData},
    handler::ConnectHandler,
};

#[derive(Debug)]
enum Refusal {
    NameRequired,
    WrongCode,
    NotEnrolled,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NameRequired => "name_required",
            Self::WrongCode => "wrong_code",
            Self::NotEnrolled => "not_enrolled",
        })
    }
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    let code = std::env::var("CLASS_CODE").unwrap();
    let has_code = async move |TryData::<Value>(auth)| match auth {
        Ok(auth) if auth["code"] == *code => Ok(()),
        _ => Err(Refusal::WrongCode),
    };
    // The one that is added last runs first.
    io.ns("/", arrived.with(is_enrolled).with(has_code).with(has_name));
}

async fn has_name(TryData(named): TryData<Named>) -> Result<(), Refusal> {
    match named {
        Ok(Named { name }) if !name.is_empty() => Ok(()),
        _ => Err(Refusal::NameRequired),
    }
}

async fn is_enrolled(Data(named): Data<Named>) -> Result<(), Refusal> {
    look_up(&named.name).await.or(Err(Refusal::NotEnrolled))
}

async fn arrived(io: SocketIo, socket: SocketRef, Data(named): Data<Named>) {
    for other in io.sockets().into_iter().filter(|other| other.id != socket.id) {
        other.emit("arrived", &json!({ "name": named.name })).ok();
    }
}

/// The school's register: it takes a moment, and it knows no guests.
async fn look_up(name: &str) -> Result<(), String> {
    tokio::time::sleep(Duration::from_millis(5)).await;
    if name.starts_with("guest") {
        return Err(format!("the register has no {name}"));
    }
    Ok(())
}
