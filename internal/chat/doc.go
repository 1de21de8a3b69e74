// Package chat holds the nouns of Parlor and the rules that need nothing but the nouns themselves:
// apps, keys, users, clients, sessions, conversations, messages and the events that tell of them.
//
// It is the ground floor: it imports the standard library only, knows no transport, no SQL and no JSON,
// and everybody may import it. Rules that need to look something up live in the work packages above
// (directory for people, messaging for conversations, admin for apps and keys).
package chat
