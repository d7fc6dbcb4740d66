//! Work on many files at once, whose results come in the order of the files.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::channel;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// How many results may wait for the one before them, for each thread: memory stays flat however long a tree is.
const AHEAD: usize = 16;

/// How many threads there are unless the user says otherwise.
pub(super) fn usual() -> NonZero<usize> {
    thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN)
}

/// Does `work` on every item, on `jobs` threads, and hands the results to `take` in the order of the items. Work that
/// panics gives `None`: one bad file does not end the run, and is not passed over either.
pub(super) fn in_order<T: Send, R: Send>(
    items: Vec<T>,
    jobs: NonZero<usize>,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(Option<R>),
) {
    let count = items.len();
    let work = |item| catch_unwind(AssertUnwindSafe(|| work(item))).ok();
    // Alone, this thread need not wait for another.
    if jobs.get().min(count) <= 1 {
        return items.into_iter().map(work).for_each(take);
    }
    let window = jobs.get().saturating_mul(AHEAD);
    let queue = Mutex::new(items.into_iter().enumerate());
    let taken = Mutex::new(0);
    let moved = Condvar::new();
    let (send, receive) = channel();
    thread::scope(|scope| {
        for _ in 0..jobs.get().min(count) {
            let (send, queue, taken, moved, work) = (send.clone(), &queue, &taken, &moved, &work);
            scope.spawn(move || {
                loop {
                    let Some((index, item)) = lock(queue).next() else { return };
                    let free = moved.wait_while(lock(taken), |taken| index >= *taken + window);
                    drop(free.unwrap_or_else(PoisonError::into_inner));
                    if send.send((index, work(item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (index, result) in receive {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&next) {
                take(result);
                next += 1;
            }
            *lock(&taken) = next;
            moved.notify_all();
        }
    });
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    /// The order is that of the items whoever is done first, each is done once, and what panics is told.
    #[test]
    fn the_order_is_kept() {
        for jobs in [1, 2, 7, 1000] {
            let mut out = Vec::new();
            let work = |n: usize| {
                thread::sleep(Duration::from_micros((n as u64 * 7919) % 300));
                if n == 13 {
                    std::panic::resume_unwind(Box::new("a fault"));
                }
                n * 2
            };
            in_order((0..100).collect(), NonZero::new(jobs).expect("some"), work, |r| out.push(r));
            let expected: Vec<_> = (0..100).map(|n| (n != 13).then_some(n * 2)).collect();
            assert_eq!(out, expected, "{jobs}");
        }
        in_order(Vec::<u8>::new(), usual(), |n| n, |_| panic!("nothing to take"));
    }

    /// No more results wait than the window holds, although the first item takes longest.
    #[test]
    fn few_wait() {
        let (done, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let mut taken = 0;
        let work = |n: usize| {
            thread::sleep(Duration::from_millis(if n == 0 { 60 } else { 0 }));
            let waiting = done.fetch_add(1, Ordering::SeqCst) + 1;
            if n == 0 {
                most.fetch_max(waiting, Ordering::SeqCst);
            }
        };
        in_order((0..5000).collect(), NonZero::new(3).expect("some"), work, |_| taken += 1);
        assert_eq!(taken, 5000);
        assert!(most.load(Ordering::SeqCst) <= 3 * AHEAD + 3, "{most:?}");
    }
}
