// Package docket runs one case from its file to its result and keeps its papers: the logs of the States in it, the keys, the
// policy bundle, the stipulated layer, a manifest and the result, all in one directory.
//
// It owns that directory and how a run is taken up again after its process was killed. It reads everything it reports
// from the published logs, as an auditor would, and leaves the law, the procedure and the log to their own packages.
package docket
