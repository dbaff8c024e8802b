//! Who is told what, in which order, and when no longer.

use super::kept::{Kept, modern, opened, take};
use super::*;
use crate::toolkit::Change;

/// Begins a subscription under this id.
fn listen(server: &Arc<Server>, peer: &Arc<Peer>, id: i32, outlet: &Arc<Kept>) {
    let filter = json!({"notifications": {"toolsListChanged": true, "resourceSubscriptions": ["no://such"]}});
    let Step::Listen(listening) = take(server, peer, &modern(id, "subscriptions/listen", filter)) else {
        panic!("no subscription")
    };
    listening.begin(server, Arc::clone(outlet) as Arc<dyn Outlet>);
}

fn methods(outlet: &Kept) -> Vec<String> {
    outlet.take().iter().map(|message| message["method"].as_str().unwrap_or("result").to_owned()).collect()
}

const CHANGED: &str = "notifications/tools/list_changed";

#[test]
fn the_acknowledgement_comes_first_and_the_result_last() {
    let server = server();
    let (peer, outlet) = (Arc::<Peer>::default(), Arc::<Kept>::default());
    listen(&server, &peer, 1, &outlet);
    server.hub().changed(&Change::Prompts);
    server.hub().changed(&Change::Tools);
    server.hub().close();
    server.hub().changed(&Change::Tools);
    assert_eq!(methods(&outlet), ["notifications/subscriptions/acknowledged", CHANGED, "result"]);
    assert!(outlet.has_finished());
    assert_eq!((Arc::strong_count(&peer), Arc::strong_count(&outlet)), (1, 1));
}

#[test]
fn who_has_gone_or_cancelled_is_told_nothing_and_let_go_of() {
    let server = server();
    let (peer, outlet) = (Arc::<Peer>::default(), Arc::<Kept>::default());
    listen(&server, &peer, 1, &outlet);
    outlet.take();
    let cancel = json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}});
    assert!(matches!(take(&server, &peer, &cancel), Step::Reply(Reply::None)));
    server.hub().changed(&Change::Tools);
    assert_eq!((methods(&outlet).len(), Arc::strong_count(&peer)), (0, 1));
    listen(&server, &peer, 2, &outlet);
    outlet.leave();
    server.hub().changed(&Change::Tools);
    assert_eq!((methods(&outlet).len(), Arc::strong_count(&peer)), (1, 1));
}

#[test]
fn a_session_hears_of_lists_once_it_is_open_and_of_what_it_watches() {
    let server = server();
    let (open, silent) = (opened(&server), Arc::<Peer>::default());
    let outlets = [&open, &silent].map(|peer| {
        let outlet = Arc::<Kept>::default();
        server.hub().join(peer, Arc::clone(&outlet) as Arc<dyn Outlet>);
        outlet
    });
    assert!(open.watch("a://b"));
    server.hub().changed(&Change::Tools);
    server.hub().changed(&Change::Resource("a://c".into()));
    server.hub().changed(&Change::Resource("a://b".into()));
    assert_eq!(methods(&outlets[0]), [CHANGED, "notifications/resources/updated"]);
    assert!(outlets[1].take().is_empty());
}

/// Those that were cancelled make room at once, not with the next change.
#[test]
fn cancelled_subscriptions_make_room() {
    let server = server();
    let (peer, outlet) = (Arc::<Peer>::default(), Arc::<Kept>::default());
    for round in 0..5 {
        (0..100).for_each(|id| listen(&server, &peer, round * 100 + id, &outlet));
        let one_more = modern(-1, "subscriptions/listen", json!({"notifications": {}}));
        assert!(matches!(take(&server, &peer, &one_more), Step::Reply(Reply::Error(..))));
        peer.cancel_all();
    }
}
