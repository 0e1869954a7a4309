//! The forms that a learner's `register` may have. Next: [`crate::control`].

use std::future::Future;

use axum::Router;
use socketioxide::SocketIo;

/// A function that puts handlers on a server: `fn(&SocketIo)` or `async fn(&SocketIo)`.
///
/// It returns nothing, or an [`axum::Router`] with more HTTP routes.
#[diagnostic::on_unimplemented(
    message = "`serve` needs a function that takes `&SocketIo`",
    label = "not a function that takes `&SocketIo`",
    note = "write `fn register(io: &SocketIo) {{ … }}` or `async fn register(io: &SocketIo) {{ … }}`, then `serve(register)`"
)]
pub trait Register<Form> {
    /// Calls it, and returns the HTTP routes to serve beside Socket.IO.
    fn register(self, io: SocketIo) -> impl Future<Output = Router>;
}

/// What `register` may return.
pub trait Routes {
    /// The HTTP routes to serve beside Socket.IO.
    fn routes(self) -> Router;
}

impl Routes for () {
    fn routes(self) -> Router {
        Router::new()
    }
}

impl Routes for Router {
    fn routes(self) -> Router {
        self
    }
}

/// Marks `fn(&SocketIo)`; only type inference meets it.
#[derive(Debug)]
pub struct Plain<R>(std::marker::PhantomData<R>);

/// Marks `async fn(&SocketIo)`; only type inference meets it.
#[derive(Debug)]
pub struct Async<R>(std::marker::PhantomData<R>);

impl<F, R> Register<Plain<R>> for F
where
    F: FnOnce(&SocketIo) -> R,
    R: Routes,
{
    async fn register(self, io: SocketIo) -> Router {
        self(&io).routes()
    }
}

impl<F, R> Register<Async<R>> for F
where
    F: AsyncFnOnce(&SocketIo) -> R,
    R: Routes,
{
    async fn register(self, io: SocketIo) -> Router {
        self(&io).await.routes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registered<Form>(register: impl Register<Form>) -> bool {
        let (_, io) = SocketIo::new_svc();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let _routes = runtime.block_on(register.register(io.clone()));
        io.of("/seen").is_some()
    }

    fn plain(io: &SocketIo) {
        io.ns("/seen", async || ());
    }

    async fn waiting(io: &SocketIo) {
        tokio::task::yield_now().await;
        plain(io);
    }

    async fn with_routes(io: &SocketIo) -> Router {
        waiting(io).await;
        Router::new()
    }

    #[test]
    fn every_form_that_the_book_shows_is_accepted() {
        assert!(registered(plain));
        assert!(registered(waiting));
        assert!(registered(with_routes));
        assert!(registered(|io: &SocketIo| plain(io)));
        assert!(registered(async |io: &SocketIo| waiting(io).await));
    }
}
