package wire

// SignOnCookie is the name of the cookie that holds what a browser has begun with the provider of single sign-on.
const SignOnCookie = "__Host-parlor-console-sign-on"

// WaysIn are the ways into the console beside password and passkey, which are always there.
type WaysIn struct {
	SignOn *SignOnWay `json:"signOn,omitzero"`
}

// SignOnWay is the provider of single sign-on as people know it.
type SignOnWay struct {
	Name string `json:"name"`
}

// Proofs are by what whoever is signed in can show that it is them, beside a passkey.
type Proofs struct {
	Password bool `json:"password"`
	SignOn   bool `json:"signOn"`
}

// SignOnBegun is where the browser goes for single sign-on.
type SignOnBegun struct {
	Address string `json:"address"`
}

// SignOnAnswer is the body with what the browser brought back, as it stood in the address.
type SignOnAnswer struct {
	Code   string `json:"code"`
	State  string `json:"state"`
	Issuer string `json:"iss"`
	Error  string `json:"error"`
}
