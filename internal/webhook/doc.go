// Package webhook tells the registered addresses of integrations what happened: a reaction that reads what the store has
// queued for them (store.Deliveries) and knows nothing of who caused it. Registering is the work of package admin.
//
// Each webhook has one queue, and at most one request on its way. A request holds up to maxEvents of the events that
// wait, in their order, and is made when it is sent, of the rows as they are then: what was erased meanwhile is not told.
//
// What an answer means (contracts: Sunshine section 7, security rule 44):
//   - 2xx within 20 s: the events are told.
//   - 400, 401, 403, 404, 406, and addresses that may not be called: they are dead letters at once.
//   - 410: the webhook is switched off, and what waits for a webhook that is off becomes dead letters.
//   - 413: the first event is sent alone; it is a dead letter if that is too large, too.
//   - anything else: the whole queue waits, firstPause at first and twice as long after each failure, to an hour, with
//     jitter; after three days of failures in a row, and leastFailures of them, the webhook is switched off, with an entry in
//     the audit log. An answer of the kinds above ends the row.
//
// An event that cannot be read makes its queue wait like a failure, a few times; then it alone is a dead letter.
//
// The last requests to each webhook are remembered with what came of them (store.Attempts), written with their outcome. A test event
// is one more of them, out of the queue (Runner.Test).
//
// A process leases a webhook while it sends to it, so that two do not tell the same; one that died is followed when its
// lease is over. An event is told at least once; its id is always the same.
package webhook
