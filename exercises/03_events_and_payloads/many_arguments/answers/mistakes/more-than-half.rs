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

async fn grade(socket: SocketRef, Data((name, points, possible)): Data<(String, f64, f64)>) {
    let percent = points / possible * 100.0;
    socket.emit("graded", &(name, percent, percent > 50.0)).ok();
}

async fn average(socket: SocketRef, Data(marks): Data<Vec<f64>>) {
    let average = marks.iter().sum::<f64>() / marks.len() as f64;
    socket.emit("averaged", &(average, marks)).ok();
}
