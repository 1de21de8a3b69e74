package wire_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/parlorchat/parlor/internal/wire"
)

// answers and inputs are the types of the wire and the schemas that describe them.
var (
	answers = map[string]any{
		"User":                               wire.User{},
		"Profile":                            wire.Profile{},
		"Identity":                           wire.Identity{},
		"UserResponse":                       wire.OneUser{},
		"UserListResponse":                   wire.Users{},
		"Merge":                              wire.Merge{},
		"MergeEffect":                        wire.MergeEffect{},
		"MergeClash":                         wire.MergeClash{},
		"MergeResponse":                      wire.OneMerge{},
		"MergeMade":                          wire.MergeMade{},
		"MergePreview":                       wire.MergePreview{},
		"MergeListResponse":                  wire.Merges{},
		"Conversation":                       wire.Conversation{},
		"ConversationResponse":               wire.OneConversation{},
		"ConversationListResponse":           wire.Conversations{},
		"LiveConversation":                   wire.LiveConversation{},
		"ConversationState":                  wire.ConversationState{},
		"Participant":                        wire.Participant{},
		"LiveMessage":                        wire.Message{},
		"Author":                             wire.Author{},
		"Content":                            wire.Content{},
		"Action":                             wire.Action{},
		"Item":                               wire.Item{},
		"FormField":                          wire.FormField{},
		"Option":                             wire.Option{},
		"DisplaySettings":                    wire.DisplaySettings{},
		"Coordinates":                        wire.Coordinates{},
		"LocationName":                       wire.Location{},
		"Source":                             wire.Origin{},
		"ClientRef":                          wire.ClientRef{},
		"MessagePostResponse":                wire.Messages{},
		"MessageListResponse":                wire.MessageList{},
		"Meta":                               wire.Meta{},
		"Links":                              wire.Links{},
		"Problems":                           wire.Problems{},
		"Problem":                            wire.Problem{},
		"Nothing":                            wire.Nothing{},
		"Health":                             wire.Health{},
		"Config":                             wire.Config{},
		"Integration":                        wire.Integration{},
		"IntegrationResponse":                wire.OneIntegration{},
		"IntegrationListResponse":            wire.Integrations{},
		"Webhook":                            wire.Webhook{},
		"WebhookResponse":                    wire.OneWebhook{},
		"WebhookListResponse":                wire.Webhooks{},
		"DeadLetter":                         wire.DeadLetter{},
		"DeadLetterListResponse":             wire.DeadLetters{},
		"ReplayResponse":                     wire.Replayed{},
		"Envelope":                           wire.Envelope{},
		"Payload":                            wire.Payload{},
		"Switchboard":                        wire.Switchboard{},
		"SwitchboardResponse":                wire.OneSwitchboard{},
		"SwitchboardListResponse":            wire.Switchboards{},
		"SwitchboardIntegration":             wire.SwitchboardIntegration{},
		"SwitchboardIntegrationRef":          wire.SwitchboardIntegrationRef{},
		"SwitchboardIntegrationResponse":     wire.OneSwitchboardIntegration{},
		"SwitchboardIntegrationListResponse": wire.SwitchboardIntegrations{},
		"SignedIn":                           wire.SignedIn{},
		"Session":                            wire.Session{},
		"Merged":                             wire.Merged{},
		"OpenedLine":                         wire.OpenedLine{},
		"RefusedLine":                        wire.RefusedLine{},
		"LineHeard":                          wire.LineHeard{},
		"LineClosed":                         wire.LineClosed{},
		"AttachmentResponse":                 wire.OneAttachment{},
		"Attachment":                         wire.Attachment{},
		"UploadRules":                        wire.UploadRules{},
		"Agent":                              wire.Agent{},
		"AgentResponse":                      wire.OneAgent{},
		"AgentListResponse":                  wire.Members{},
		"Workplace":                          wire.Workplace{},
		"WorkplaceResponse":                  wire.OneWorkplace{},
		"AgentRef":                           wire.AgentRef{},
		"Person":                             wire.Person{},
		"InboxEntry":                         wire.Entry{},
		"InboxEntryResponse":                 wire.OneEntry{},
		"Inbox":                              wire.Inbox{},
		"InboxCounts":                        wire.InboxCounts{},
		"Thread":                             wire.Thread{},
		"ThreadItem":                         wire.ThreadItem{},
		"ThreadItemResponse":                 wire.OneItem{},
		"Note":                               wire.Note{},
		"Happening":                          wire.Happening{},
		"AgentMessageResponse":               wire.OneMessage{},
		"PersonPanel":                        wire.PersonPanel{},
		"PersonDetails":                      wire.PersonDetails{},
		"PersonClient":                       wire.PersonClient{},
		"DeskEvent":                          wire.DeskEvent{},
		"SetUp":                              wire.SetUp{},
		"SetUpApp":                           wire.SetUpApp{},
		"Seats":                              wire.Seats{},
		"SetUpKey":                           wire.SetUpKey{},
		"SetUpKeys":                          wire.SetUpKeys{},
		"MadeKey":                            wire.MadeKey{},
		"Diagnosis":                          wire.Diagnosis{},
		"DoctorCheck":                        wire.DoctorCheck{},
		"Refusals":                           wire.Refusals{},
		"Refusal":                            wire.Refusal{},
		"FoundPerson":                        wire.FoundPerson{},
		"FoundPeople":                        wire.FoundPeople{},
		"OnePerson":                          wire.OnePerson{},
		"Export":                             wire.Export{},
		"ExportedConversation":               wire.ExportedConversation{},
		"AuditLog":                           wire.AuditLog{},
		"AuditEntry":                         wire.AuditEntry{},
		"AuditActor":                         wire.AuditActor{},
		"Numbers":                            wire.Numbers{},
		"NumbersOfDay":                       wire.NumbersOfDay{},
		"NumbersOfAgent":                     wire.NumbersOfAgent{},
		"RatingFigures":                      wire.RatingFigures{},
		"RatingPage":                         wire.RatingPage{},
		"ReadRating":                         wire.ReadRating{},
		"Figures":                            wire.Figures{},
		"TookTimes":                          wire.TookTimes{},
		"ConsoleSession":                     wire.ConsoleSession{},
		"Invitation":                         wire.Invitation{},
		"InvitationMade":                     wire.Invited{},
		"ConsoleLinkResponse":                wire.LinkFor{},
		"Welcome":                            wire.Welcome{},
		"Sync":                               wire.Sync{},
		"Event":                              wire.Event{},
		"Failure":                            wire.Failure{},
		"CannedReply":                        wire.CannedReply{},
		"CannedReplyResponse":                wire.OneCannedReply{},
		"CannedReplyListResponse":            wire.CannedReplies{},
		"MarkdownShown":                      wire.MarkdownShown{},
		"Factors":                            wire.Factors{},
		"SecondStep":                         wire.SecondStep{},
		"TOTPSetUp":                          wire.TOTPSetUp{},
		"RecoveryCodes":                      wire.RecoveryCodes{},
		"HoursShown":                         wire.HoursShown{},
		"Week":                               wire.Week{},
		"Interval":                           wire.Interval{},
		"Holiday":                            wire.Holiday{},
		"DayShown":                           wire.DayShown{},
		"Availability":                       wire.Availability{},
		"FoundSaid":                          wire.FoundSaid{},
		"FoundSaidPage":                      wire.FoundSaidPage{},
		"ExcerptPart":                        wire.ExcerptPart{},
		"PasskeyOptions":                     wire.PasskeyOptions{},
		"Passkey":                            wire.Passkey{},
		"Passkeys":                           wire.Passkeys{},
		"PasskeyMade":                        wire.PasskeyMade{},
		"MailState":                          wire.MailState{},
		"MailFailure":                        wire.MailFailure{},
		"TranscriptSent":                     wire.TranscriptSent{},
		"Subscription":                       wire.Subscription{},
		"AddressBlock":                       wire.AddressBlock{},
		"AddressBlocks":                      wire.AddressBlocks{},
		"AddressBlockResponse":               wire.OneAddressBlock{},
		"Rating":                             wire.Rating{},
		"Proofs":                             wire.Proofs{},
		"WaysIn":                             wire.WaysIn{},
		"SignOnWay":                          wire.SignOnWay{},
		"SignOnBegun":                        wire.SignOnBegun{},
		"Stale":                              wire.Stale{},
		"SavedView":                          wire.SavedView{},
		"SavedViewResponse":                  wire.OneSavedView{},
		"SavedViewListResponse":              wire.SavedViews{},
		"Look":                               wire.Look{},
		"Texts":                              wire.Texts{},
		"TeamRef":                            wire.TeamRef{},
		"Team":                               wire.Team{},
		"TeamResponse":                       wire.OneTeam{},
		"TeamListResponse":                   wire.Teams{},
		"IdentityConflict":                   wire.Conflict{},
		"IdentityConflicts":                  wire.Conflicts{},
		"ConflictSettlement":                 wire.ConflictSettlement{},
		"ConflictingUser":                    wire.ConflictingUser{},
		"ConflictCount":                      wire.ConflictCount{},
		"Attempt":                            wire.Attempt{},
		"Attempts":                           wire.Attempts{},
		"OneAttempt":                         wire.OneAttempt{},
	}
	inputs = map[string]any{
		"UserCreate":                   wire.UserInput{},
		"ExternalIDInput":              wire.ExternalIDInput{},
		"ProfileInput":                 wire.ProfileInput{},
		"ConversationCreate":           wire.ConversationInput{},
		"WebhookCreate":                wire.WebhookInput{},
		"WebhookUpdate":                wire.WebhookInput{},
		"SecretRotation":               wire.SecretInput{},
		"ReplayInput":                  wire.ReplayInput{},
		"SwitchboardUpdate":            wire.SwitchboardInput{},
		"SwitchboardIntegrationCreate": wire.SwitchboardIntegrationInput{},
		"SwitchboardIntegrationUpdate": wire.SwitchboardIntegrationInput{},
		"HandOver":                     wire.HandOverInput{},
		"ControlInput":                 wire.ControlInput{},
		"IntegrationCreate":            wire.IntegrationInput{},
		"InboxEntryChange":             wire.EntryChange{},
		"AgentMessage":                 wire.AgentMessage{},
		"NoteInput":                    wire.NoteInput{},
		"ReadInput":                    wire.ReadInput{},
		"TypingInput":                  wire.TypingInput{},
		"SetUpChange":                  wire.SetUpChange{},
		"SetUpKeyInput":                wire.SetUpKeyInput{},
		"RotationInput":                wire.RotationInput{},
		"DoctorInput":                  wire.DoctorInput{},
		"BlockInput":                   wire.BlockInput{},
		"ConsoleSignIn":                wire.Password{},
		"PasswordChange":               wire.NewPassword{},
		"NewApp":                       wire.NewApp{},
		"RoleInput":                    wire.Role{},
		"InvitationCreate":             wire.Invite{},
		"ConsoleLink":                  wire.ConsoleLink{},
		"ConsoleLinkAccept":            wire.LinkAccepted{},
		"ParticipantInput":             wire.ParticipantInput{},
		"MergePost":                    wire.MergeInput{},
		"AppUserMerge":                 wire.AppUserMerge{},
		"AppUserRef":                   wire.AppUserRef{},
		"MessagePost":                  wire.MessageInput{},
		"AuthorInput":                  wire.Author{},
		"ContentInput":                 wire.Content{},
		"DestinationInput":             wire.DestinationInput{},
		"ActivityPost":                 wire.ActivityInput{},
		"SignIn":                       wire.SignIn{},
		"ClientInput":                  wire.Client{},
		"AttachmentRemoval":            wire.AttachmentRemoval{},
		"LineSaid":                     wire.LineSaid{},
		"LinePoll":                     wire.LinePoll{},
		"Hello":                        hello{},
		"Cursor":                       wire.Cursor{},
		"CannedReplyInput":             wire.CannedReplyInput{},
		"MarkdownInput":                wire.MarkdownInput{},
		"PasswordProof":                wire.Proof{},
		"CodeInput":                    wire.Code{},
		"BusinessHours":                wire.BusinessHours{},
		"PasskeyInput":                 wire.PasskeyInput{},
		"PasskeyShown":                 wire.PasskeyShown{},
		"PasskeyName":                  wire.PasskeyName{},
		"AgentProfile":                 wire.AgentProfile{},
		"AddressBlockInput":            wire.AddressBlockInput{},
		"SignOnAnswer":                 wire.SignOnAnswer{},
		"SavedViewInput":               wire.SavedViewInput{},
		"TeamInput":                    wire.TeamInput{},
		"TeamsInput":                   wire.TeamsInput{},
		"ConflictMerge":                wire.ConflictMerge{},
		"Prechat":                      wire.Prechat{},
		"PrechatField":                 wire.PrechatField{},
		"Questions":                    wire.Questions{},
		"Question":                     wire.Question{},
		"FactorRule":                   wire.FactorRule{},
	}
)

// hello is the first frame of a client with the member that every frame has.
type hello struct {
	Type string `json:"type"`
	wire.Hello
}

// TestSchemasNameEveryMember: types and schemas have the same members, and a schema requires what is always written.
func TestSchemasNameEveryMember(t *testing.T) {
	t.Parallel()
	document := contract(t)
	for name, value := range answers {
		described := flatten(schema(t, document, name))
		written := members(reflect.TypeOf(value))
		checkNames(t, name, described, written)
		for member, always := range written {
			required := slices.Contains(described.required, member)
			if always && !required {
				t.Errorf("%s.%s is always written, but not required", name, member)
			}
			if required && !always && name+"."+member != "LiveMessage.change" { // REST leaves it out
				t.Errorf("%s.%s is required, but left out when it is empty", name, member)
			}
		}
	}
	for name, value := range inputs {
		checkNames(t, name, flatten(schema(t, document, name)), members(reflect.TypeOf(value)))
	}
}

func checkNames(t *testing.T, name string, described shape, written map[string]bool) {
	t.Helper()
	for member := range written {
		if !slices.Contains(described.members, member) {
			t.Errorf("the schema %s does not know %s", name, member)
		}
	}
	for _, member := range described.members {
		if _, known := written[member]; !known {
			t.Errorf("the schema %s has %s, which no answer has", name, member)
		}
	}
}

type shape struct{ members, required []string }

// flatten joins the members of a schema and of those that it is made of. Of schemas of which one holds, what is required
// is what all require.
func flatten(s *openapi3.Schema) shape {
	flat := shape{required: slices.Clone(s.Required)}
	for member := range s.Properties {
		flat.members = append(flat.members, member)
	}
	for _, part := range s.AllOf {
		inner := flatten(part.Value)
		flat.members, flat.required = append(flat.members, inner.members...), append(flat.required, inner.required...)
	}
	for i, part := range s.OneOf {
		inner := flatten(part.Value)
		flat.members = append(flat.members, inner.members...)
		if i == 0 && len(s.Properties) == 0 {
			flat.required = append(flat.required, inner.required...)
		}
		flat.required = slices.DeleteFunc(flat.required, func(name string) bool {
			return len(s.Properties) == 0 && !slices.Contains(inner.required, name)
		})
	}
	return flat
}

// members returns the names under which the fields of a type are written, and whether they always are.
func members(of reflect.Type) map[string]bool {
	all := map[string]bool{}
	for field := range of.Fields() {
		tag, tagged := field.Tag.Lookup("json")
		if field.Anonymous && !tagged {
			for name, always := range members(field.Type) {
				all[name] = always
			}
			continue
		}
		name, options, _ := strings.Cut(tag, ",")
		if options == "embed" { // whatever else there is
			continue
		}
		all[name] = !strings.Contains(options, "omit")
	}
	return all
}
