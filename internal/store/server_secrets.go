package store

// ServerSecret is a secret of the server itself, in its box.
type ServerSecret struct {
	Name   string // what it is for
	Sealed []byte
}

// ServerSecrets remembers the secrets of the server itself, which outlive the master key that they were made under.
type ServerSecrets interface {
	// KeepServerSecret stores a secret, unless there is one of the name, and returns the one that is there then: of several processes that make it at once all get the same.
	KeepServerSecret(made ServerSecret) (ServerSecret, error)
	// UpdateServerSecret puts another box in the place of that of the name. NotFound.
	UpdateServerSecret(secret ServerSecret) error
	// ListServerSecrets returns all, in order of their names.
	ListServerSecrets() ([]ServerSecret, error)
}
