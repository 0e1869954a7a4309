use socketioxide::{SocketIo, extract::SocketRef};

fn main() {
    sandbox::serve(register);
}

fn register(io: &SocketIo) {
    // region: read
    io.ns("/", async |socket: SocketRef| {
        let header = socket.req_parts().headers.get("cookie");
        let cookies = header.and_then(|header| header.to_str().ok()).unwrap_or_default();
        let theme = cookies.split("; ").find_map(|pair| pair.strip_prefix("theme="));
        socket.emit("theme", theme.unwrap_or("light")).ok();
    });
    // endregion
}
