//! Work on several threads, results in order, memory bounded.

use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// How many items a thread may be ahead of the one that is waited for.
const AHEAD: usize = 16;

/// How much is done at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Knobs {
    /// Threads that work.
    pub threads: usize,
    /// The most bytes of items that are on their way; one item may always be.
    pub bytes: usize,
}

impl Knobs {
    /// So many threads, and 64 MB on their way.
    pub fn threads(threads: usize) -> Self {
        Self { threads: threads.max(1), bytes: 64 << 20 }
    }
}

/// Calls `work` on every item on several threads, and `sink` with the results in the order of the items.
///
/// Items are taken from `items` only as fast as `sink` takes results: no more are on their way than [`Knobs`] allow,
/// counted by `weight` in bytes. `work` must not panic. Ends early when `sink` breaks.
pub fn in_order<T: Send, R: Send>(
    items: impl Iterator<Item = T> + Send,
    weight: impl Fn(&T) -> usize + Sync,
    knobs: Knobs,
    work: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(R) -> ControlFlow<()>,
) {
    let desk = Desk {
        state: Mutex::new(State {
            waiting: VecDeque::new(),
            done: BTreeMap::new(),
            out: 0,
            count: 0,
            bytes: 0,
            ended: false,
        }),
        room: Condvar::new(),
        work: Condvar::new(),
        done: Condvar::new(),
    };
    thread::scope(|scope| {
        scope.spawn(|| {
            let _end = EndOnDrop(&desk);
            for (number, item) in items.enumerate() {
                let bytes = weight(&item);
                let mut state = desk.lock();
                while !state.ended
                    && state.count > 0
                    && (state.count >= knobs.threads * AHEAD || state.bytes + bytes > knobs.bytes)
                {
                    state = wait(&desk.room, state);
                }
                if state.ended {
                    return;
                }
                state.count += 1;
                state.bytes += bytes;
                state.waiting.push_back((number, bytes, item));
                desk.work.notify_one();
            }
        });
        for _ in 0..knobs.threads {
            scope.spawn(|| {
                loop {
                    let mut state = desk.lock();
                    let (number, bytes, item) = loop {
                        if let Some(next) = state.waiting.pop_front() {
                            break next;
                        }
                        if state.ended {
                            return;
                        }
                        state = wait(&desk.work, state);
                    };
                    drop(state);
                    let result = work(item);
                    let mut state = desk.lock();
                    state.done.insert(number, (bytes, result));
                    if number == state.out {
                        desk.done.notify_one();
                    }
                }
            });
        }
        loop {
            let mut state = desk.lock();
            let result = loop {
                let next = state.out;
                if let Some((bytes, result)) = state.done.remove(&next) {
                    state.out += 1;
                    state.count -= 1;
                    state.bytes -= bytes;
                    desk.room.notify_one();
                    break result;
                }
                if state.ended && state.count == 0 {
                    return;
                }
                state = wait(&desk.done, state);
            };
            drop(state);
            if sink(result).is_break() {
                desk.lock().waiting.clear();
                desk.end();
                return;
            }
        }
    });
}

/// What the threads share.
struct Desk<T, R> {
    state: Mutex<State<T, R>>,
    /// An item may be taken in.
    room: Condvar,
    /// An item waits to be worked on.
    work: Condvar,
    /// The result that is next for the sink is there.
    done: Condvar,
}

struct State<T, R> {
    waiting: VecDeque<(usize, usize, T)>,
    done: BTreeMap<usize, (usize, R)>,
    /// The number of the result that is next for the sink.
    out: usize,
    /// Items on their way, and their bytes.
    count: usize,
    bytes: usize,
    /// No more items come.
    ended: bool,
}

impl<T, R> Desk<T, R> {
    fn lock(&self) -> MutexGuard<'_, State<T, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says that no more items come.
    fn end(&self) {
        self.lock().ended = true;
        for waited in [&self.room, &self.work, &self.done] {
            waited.notify_all();
        }
    }
}

fn wait<'g, T, R>(what: &Condvar, guard: MutexGuard<'g, State<T, R>>) -> MutexGuard<'g, State<T, R>> {
    what.wait(guard).unwrap_or_else(PoisonError::into_inner)
}

/// Says that no more items come, even where taking one panics.
struct EndOnDrop<'d, T, R>(&'d Desk<T, R>);

impl<T, R> Drop for EndOnDrop<'_, T, R> {
    fn drop(&mut self) {
        self.0.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn results_come_in_order_whatever_the_threads() {
        for threads in [1, 2, 8] {
            let mut out = Vec::new();
            in_order(
                0..1000_u64,
                |_| 1,
                Knobs::threads(threads),
                |n| {
                    thread::sleep(std::time::Duration::from_micros(n * 37 % 90));
                    n * 2
                },
                |n| {
                    out.push(n);
                    ControlFlow::Continue(())
                },
            );
            assert_eq!(out, (0..1000).map(|n| n * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn no_more_is_on_its_way_than_allowed() {
        let (taken, given, most) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        let knobs = Knobs { threads: 2, bytes: 10 };
        in_order(
            (0..500).inspect(|_| {
                let ahead = taken.fetch_add(1, Ordering::SeqCst) - given.load(Ordering::SeqCst);
                most.fetch_max(ahead, Ordering::SeqCst);
            }),
            |_| 3,
            knobs,
            |n| n,
            |_| {
                given.fetch_add(1, Ordering::SeqCst);
                ControlFlow::Continue(())
            },
        );
        // three items of three bytes, the one that waits to be let in, and the one that the sink has in hand
        assert!(most.into_inner() <= 5);
        assert_eq!(given.into_inner(), 500);
    }

    #[test]
    fn a_sink_that_breaks_ends_an_endless_stream() {
        let mut count = 0;
        in_order(
            0..,
            |_| 1,
            Knobs::threads(2),
            |n: u64| n,
            |_| {
                count += 1;
                if count == 100 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(count, 100);
    }
}
