package devserver

import (
	"errors"
	"net"
	"strconv"
	"strings"
	"testing"
)

func TestAPortThatIsTakenFailsTheAttemptAndNotTheProcess(t *testing.T) {
	st, err := openStore(t.Context(), Options{Namespace: DefaultNamespace})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", loopback+":0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	taken := l.Addr().(*net.TCPAddr).Port

	for i, name := range services {
		t.Run(name, func(t *testing.T) {
			var err error
			for range 5 { // another program may take one of the free ports first
				err = startOnATakenPort(t, st, i, taken)
				if errors.Is(err, errFatal) && strings.Contains(err.Error(), strconv.Itoa(taken)) {
					return
				}
			}
			t.Errorf("error %v, want one that wraps errFatal and names port %d", err, taken)
		})
	}

	s := &Server{namespace: DefaultNamespace, done: make(chan struct{})}
	if err := s.start(t.Context(), st, nil); err != nil {
		t.Errorf("the next attempt, on free ports: %v", err)
	}
	s.Stop()
}

func startOnATakenPort(t *testing.T, st *store, i, taken int) error {
	p, err := freePorts()
	if err != nil {
		t.Fatal(err)
	}
	p[i] = taken
	s := &Server{namespace: DefaultNamespace, done: make(chan struct{})}
	return s.startOn(t.Context(), p, st, nil)
}
