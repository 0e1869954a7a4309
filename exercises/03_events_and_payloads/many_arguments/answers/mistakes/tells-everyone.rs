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
        socket.on("average", average);
    });
}

async fn grade(io: SocketIo, Data((name, points, possible)): Data<(String, f64, f64)>) {
    let percent = points / possible * 100.0;
    io.emit("graded", &(name, percent, percent >= 50.0)).await.ok();
}

async fn average(io: SocketIo, Data(marks): Data<Vec<f64>>) {
    let average = marks.iter().sum::<f64>() / marks.len() as f64;
    io.emit("averaged", &(average, marks)).await.ok();
}
