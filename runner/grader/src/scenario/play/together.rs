//! Steps that run side by side. Each is a future of [`super::script`].

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    task::Poll,
};

use super::wait::Shared;

/// A step, or several, under way.
pub(super) type Running<'a, E> = Pin<Box<dyn Future<Output = Result<(), E>> + 'a>>;

/// Futures that run side by side, looked at in written order; the first error ends all. Once one of them has failed
/// and only finds out how to call it (`World::failing`), the others stand still: a scenario ends at its first mismatch.
pub(super) async fn side_by_side<E>(world: &Shared, futures: Vec<Running<'_, E>>) -> Result<(), E> {
    let mut running: Vec<_> = futures.into_iter().map(Some).collect();
    let mut failing = None;
    poll_fn(move |context| {
        let mut pending = false;
        for (index, slot) in running.iter_mut().enumerate() {
            let Some(future) = slot.as_mut().filter(|_| failing.is_none_or(|failing| failing == index))
            else {
                continue;
            };
            match future.as_mut().poll(context) {
                Poll::Pending => pending = true,
                Poll::Ready(Ok(())) => *slot = None,
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
            }
            if failing.is_none() && world.borrow().failing {
                failing = Some(index);
            }
        }
        if pending { Poll::Pending } else { Poll::Ready(Ok(())) }
    })
    .await
}
