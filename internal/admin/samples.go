package admin

import (
	"crypto/sha256"
	"encoding/hex"
)

// samples are the SHA-256 of secrets that stand in public documents and are long enough to be imported. Everybody
// knows them, so they never work (security rule 17). They are kept as hashes, so that this list is no such document.
var samples = map[string]bool{
	// Sunshine Conversations, "Authenticating users".
	"2d6bfa08bea0e70796b4e5b45514d21e5bcf2e2afb5a9382112a5c4d12688d00": true,
	// jwt.io, the samples for HS256, HS384 and HS512.
	"465d9ad5d5528ebe287b5dce4fb51620833d09b290e49ddcc70ca6c4a0aea01b": true,
	"730d21a80e61a8de82d12cb4c0b8057cff5a30e2dec50ce7a773513374f9164a": true,
	"db6833593279d7373592ef70e51f3daf048c04475739f8ed024b0821fd9e7fde": true,
	// RFC 7515 appendix A.1, as text and as bytes.
	"8b1b17a9740c068accab5c3d0d652c8e3cc13206e70bb73b42ea41d4c2de3c12": true,
	"c8ecc9361a05e285f04c26f9572131a6deab07e9e2b865053c6f75a4d8bd2b32": true,
	// RFC 7520 section 3.5, as text and as bytes.
	"0330b11998cbc9abd5a585e755cb5df2f73f1a5632fdcc2abb19e05e3eceddb9": true,
	"73ec74458059c70cae3f0ade8663fe0da1dc4b114ed8cdac75364140b4458a4c": true,
	// A secret in hex that many tutorials on JWT copy from each other.
	"3354cfcf65c7b2e6840ea6f880aede239750cb1d063950c4e8fd9fbf9ec73a32": true,
}

func isSample(secret []byte) bool {
	sum := sha256.Sum256(secret)
	return samples[hex.EncodeToString(sum[:])]
}
