package auditlog

import "golang.org/x/mod/sumdb/note"

// SignerOf is the key of a log's operator, for attacks by an operator.
func SignerOf(origin string, seed []byte) (note.Signer, error) {
	id, err := newIdentity(origin, seed)
	return id.signer, err
}
