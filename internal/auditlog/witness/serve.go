package witness

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

const (
	maxBody = 128 << 10 // bytes of a request: 63 hashes and a checkpoint with all its signatures take less
	patient = 10 * time.Second
)

// Serve answers the requests of tlog-witness until the context ends: POST /add-checkpoint, and GET of a log's latest
// checkpoint at /<SHA-256 of its origin>/checkpoint.
func (w *Witness) Serve(ctx context.Context, l net.Listener) error {
	s := &http.Server{Handler: w.Handler(), ReadTimeout: patient, WriteTimeout: patient}
	stop := context.AfterFunc(ctx, func() { _ = s.Close() }) // Serve says what came of it
	defer stop()
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Handler is what Serve serves.
func (w *Witness) Handler() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("POST /add-checkpoint", w.addCheckpoint)
	m.HandleFunc("GET /{origin}/checkpoint", func(out http.ResponseWriter, r *http.Request) {
		raw := w.Latest(r.PathValue("origin"))
		if raw == nil {
			http.Error(out, "no checkpoint of that log was cosigned", http.StatusNotFound)
			return
		}
		answer(out, "text/plain; charset=utf-8", http.StatusOK, raw)
	})
	return m
}

func (w *Witness) addCheckpoint(out http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(out, r.Body, maxBody))
	if err != nil {
		http.Error(out, err.Error(), http.StatusBadRequest)
		return
	}
	asked, err := parseRequest(body)
	var line []byte
	if err == nil {
		line, err = w.Cosign(asked)
	}
	var conflict Conflict
	switch {
	case err == nil:
		answer(out, "text/plain; charset=utf-8", http.StatusOK, line)
	case errors.As(err, &conflict):
		answer(out, "text/x.tlog.size", http.StatusConflict, fmt.Appendf(nil, "%d\n", conflict.Size))
	case errors.Is(err, ErrRequest):
		http.Error(out, err.Error(), http.StatusBadRequest)
	case errors.Is(err, ErrUnknown):
		http.Error(out, err.Error(), http.StatusNotFound)
	case errors.Is(err, ErrUnsigned):
		http.Error(out, err.Error(), http.StatusForbidden)
	case errors.Is(err, ErrInconsistent):
		http.Error(out, err.Error(), http.StatusUnprocessableEntity)
	default:
		http.Error(out, "the checkpoint could not be kept", http.StatusInternalServerError)
	}
}

func answer(out http.ResponseWriter, kind string, status int, body []byte) {
	out.Header().Set("Content-Type", kind)
	out.WriteHeader(status)
	_, _ = out.Write(body) // whoever asked has gone if it fails
}
