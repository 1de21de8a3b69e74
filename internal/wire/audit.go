package wire

// AuditLog is a page of the audit log, newest first.
type AuditLog struct {
	Entries []AuditEntry `json:"entries"`
	Cursor  string       `json:"cursor,omitzero"`
}

// AuditEntry is who did what to what.
type AuditEntry struct {
	At     Time              `json:"at"`
	Actor  AuditActor        `json:"actor"`
	Action string            `json:"action"`
	Target string            `json:"target"`
	Detail map[string]string `json:"detail"`
}

// AuditActor is who acted.
type AuditActor struct {
	Kind string `json:"kind"`
	ID   string `json:"id,omitzero"`
	Name string `json:"name,omitzero"`
}
