//! socketioxide behind the proxy, and our own carrier before it.

use grader::wire::engine::Packet;

use crate::{
    carriers::{TRANSPORTS, dial, echo_server, message},
    support::{Proxy, shown},
};

#[tokio::test]
async fn every_transport_works_against_socketioxide() {
    let proxy = Proxy::before(echo_server().await).await;
    for (index, transport) in TRANSPORTS.into_iter().enumerate() {
        let (line, mut ears) = dial(proxy.addr, transport);
        line.send(vec![message("0")]);
        assert!(ears.text().await.starts_with("0{\"sid\""), "{transport:?}");
        let name = format!("é {index}");
        line.send(vec![message(&format!(r#"21["echo","{name}"]"#))]);
        assert_eq!(ears.text().await, format!(r#"2["echo","{name}"]"#), "{transport:?}");
        let bytes = Packet::Binary(vec![0, 255, 30]);
        let attached = message(r#"51-["bytes",{"_placeholder":true,"num":0}]"#);
        line.send(vec![attached.clone(), bytes.clone()]);
        loop {
            // The answer to number 1 may come before or after.
            let heard = ears.message().await;
            if heard == attached {
                break;
            }
        }
        assert_eq!(ears.message().await, bytes);
        line.close();
        let client = index + 1;
        let read = shown(
            &proxy
                .until(|entry| {
                    entry.client == Some(u32::try_from(client).unwrap())
                        && entry.joined.is_some()
                        && entry.direction == Some(grader::transcript::Direction::FromProgram)
                })
                .await,
        );
        for line in [
            format!(
                r#"{client} > 421["echo","{name}"] | event "echo" with 1 argument; the sender wants an answer to number 1"#
            ),
            format!(r#"{client} < 42["echo","{name}"] | event "echo" with 1 argument"#),
            format!(
                r#"{client} > 451-["bytes",{{"_placeholder":true,"num":0}}] + <3 bytes> | event "bytes" with 1 argument, some of it binary"#
            ),
        ] {
            assert!(read.contains(&line), "{line} is not in {read:#?}");
        }
    }
}
