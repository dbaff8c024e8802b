//! Threads for work that takes longer than a transport may wait.

use parking_lot::{Condvar, Mutex};
use std::sync::Arc;
use std::thread::Builder;
use std::time::Instant;

/// A bounded number of threads, each made for one piece of work.
#[derive(Debug)]
pub struct Lane {
    running: Mutex<usize>,
    less: Condvar,
    most: usize,
}

/// As much work goes on as may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy;

impl Lane {
    /// A lane with room for `most` pieces of work at a time.
    pub fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { running: Mutex::new(0), less: Condvar::new(), most })
    }

    /// Takes a place, so that work may be begun with the certainty of being done.
    ///
    /// # Errors
    /// When there is none.
    pub fn reserve(self: &Arc<Self>) -> Result<Place, Busy> {
        let mut running = self.running.lock();
        if *running >= self.most {
            return Err(Busy);
        }
        *running += 1;
        Ok(Place { lane: Arc::clone(self) })
    }

    /// Pieces of work that go on.
    pub fn running(&self) -> usize {
        *self.running.lock()
    }

    /// Waits until all work is done, or until the deadline. False at the deadline.
    pub fn wait(&self, until: Option<Instant>) -> bool {
        let mut running = self.running.lock();
        while *running > 0 {
            match until {
                None => self.less.wait(&mut running),
                Some(until) if Instant::now() >= until => return false,
                Some(until) => drop(self.less.wait_until(&mut running, until)),
            }
        }
        true
    }
}

/// A place in a lane; given back when dropped, or when its work is done.
#[derive(Debug)]
pub struct Place {
    lane: Arc<Lane>,
}

impl Place {
    /// Does the work on a thread of its own.
    ///
    /// # Errors
    /// When no thread can be had: the work comes back.
    pub fn start<W: FnOnce() + Send + 'static>(self, work: W) -> Result<(), W> {
        let (hand_over, taken) = crossbeam_channel::bounded::<W>(1);
        let thread = move || {
            let _place = self;
            if let Ok(work) = taken.recv() {
                work();
            }
        };
        // The work goes over only when the thread is there, so that it can still be refused otherwise.
        if Builder::new().name("call".into()).spawn(thread).is_err() {
            return Err(work);
        }
        // The thread holds the receiver until it has received.
        let _ = hand_over.send(work);
        Ok(())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *self.lane.running.lock() -= 1;
        self.lane.less.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    #[test]
    fn places_are_bounded_and_come_back() {
        let lane = Lane::new(2);
        let done = Arc::new(AtomicUsize::new(0));
        let (first, second) = (lane.reserve().unwrap(), lane.reserve().unwrap());
        assert_eq!(lane.reserve().unwrap_err(), Busy);
        drop(first);
        for place in [second, lane.reserve().unwrap()] {
            let done = Arc::clone(&done);
            let work = move || {
                done.fetch_add(1, Ordering::Relaxed);
            };
            assert!(place.start(work).is_ok());
        }
        assert!(lane.wait(None));
        assert_eq!(done.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn a_panic_gives_its_place_back() {
        let lane = Lane::new(1);
        assert!(lane.reserve().unwrap().start(|| panic!("as the test wants")).is_ok());
        assert!(lane.wait(None));
        let place = lane.reserve().unwrap();
        assert!(!lane.wait(Some(Instant::now() + Duration::from_millis(20))));
        drop(place);
    }
}
