// The servers that your scenarios are played against. `SERVER` says which one this program has to be.
//
// Do not look into the others before your scenarios tell them apart: from outside is how a test sees a server.

#[path = "echo-to-all.rs"]
mod echo_to_all;
#[path = "joins-twice.rs"]
mod joins_twice;
#[path = "no-ack-on-error.rs"]
mod no_ack_on_error;
mod right;

fn main() {
    match std::env::var("SERVER").unwrap_or_default().as_str() {
        "right" => sandbox::serve(right::register),
        "echo-to-all" => sandbox::serve(echo_to_all::register),
        "joins-twice" => sandbox::serve(joins_twice::register),
        "no-ack-on-error" => sandbox::serve(no_ack_on_error::register),
        other => panic!("there is no server `{other}` here"),
    }
}
