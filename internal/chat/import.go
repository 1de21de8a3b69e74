package chat

// MaxImportID is the most characters of an id in an imported file.
const MaxImportID = 256

// Imported is a thing that an imported file names.
type Imported string

// The kinds of things in imported files.
const (
	ImportedUser         Imported = "user"
	ImportedConversation Imported = "conversation"
	ImportedMessage      Imported = "message"
)

// ImportRef is how an imported file names a thing. Messages have their ids in a conversation, the rest in the app.
type ImportRef struct {
	App          AppID
	Kind         Imported
	Conversation ConversationID // of a message, under its id here; empty otherwise
	Ref          string
}
