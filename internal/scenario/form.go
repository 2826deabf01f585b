package scenario

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"rogatory/internal/mla"
)

// Vocabulary answers for the words of a case that the law defines. Each check returns nil, or an error that says what is
// wrong and, in parentheses at its end, what to write instead. The law's own bundle is one.
type Vocabulary interface {
	CheckFact(mla.Path, mla.Value) error
	CheckRule(id string) error // "uncc/40(22)"
	CheckState(mla.State) error
	CheckInstrument(id string) error    // "uncc"
	CheckSafeguards(ids []string) error // "L01", "L02": that there are such, and that they go together
}

// vocabulary says which check a text passes, by the name of its field; "x key" is for the names in mapping x.
var vocabulary = map[string]func(v Vocabulary, s string) error{
	"requesting": func(v Vocabulary, s string) error { return v.CheckState(mla.State(s)) },
	"requested":  func(v Vocabulary, s string) error { return v.CheckState(mla.State(s)) },
	"residence":  func(v Vocabulary, s string) error { return v.CheckState(mla.State(s)) },
	"host":       func(v Vocabulary, s string) error { return v.CheckState(mla.State(s)) },
	"to":         func(v Vocabulary, s string) error { return v.CheckState(mla.State(s)) },
	"regimes":    Vocabulary.CheckInstrument,
	"expect key": checkLawOf,
	"gaps key":   func(_ Vocabulary, id string) error { return checkMeasure(id) },
	"raises":     Vocabulary.CheckRule,
	"considers":  Vocabulary.CheckRule,
	"rule":       Vocabulary.CheckRule,
	"on":         Vocabulary.CheckRule,
	"regime":     Vocabulary.CheckInstrument,
	"relabel":    func(v Vocabulary, s string) error { return v.CheckFact("offence.label", mla.Word(s)) },
	"label":      func(v Vocabulary, s string) error { return v.CheckFact("offence.label", mla.Word(s)) },
}

// closedSets gives the words of each closed set of the vocabulary package.
var closedSets = map[reflect.Type][]string{
	reflect.TypeFor[mla.Answer]():   words(mla.Answers),
	reflect.TypeFor[mla.Category](): words(mla.Categories),
	reflect.TypeFor[mla.Channel]():  words(mla.Channels[1:]), // the first is where no channel is given
	reflect.TypeFor[mla.Effect]():   words(mla.Effects),
	reflect.TypeFor[mla.Kind]():     words(mla.Kinds),
	reflect.TypeFor[mla.Measure]():  words(mla.Measures),
	reflect.TypeFor[mla.Method]():   words(mla.Methods),
	reflect.TypeFor[mla.Outcome]():  words(mla.Outcomes),
	reflect.TypeFor[mla.Ruling]():   words(mla.Rulings),
	reflect.TypeFor[mla.Role]():     words(mla.Roles),
	reflect.TypeFor[mla.Question](): words(mla.Questions),
	reflect.TypeFor[mla.Damage]():   words(mla.Damages),
	reflect.TypeFor[mla.Drawn]():    words(mla.Draws),
	reflect.TypeFor[Follows]():      words([]Follows{FromLaw, FromBehaviour}),

	reflect.TypeFor[mla.ContactAsk]():   words(mla.ContactAsks),
	reflect.TypeFor[mla.ContactReply](): words(mla.ContactReplies),
}

// required gives the keys that each part of a case must have.
var required = map[reflect.Type][]string{
	reflect.TypeFor[Case]():              {"id", "title", "start", "horizon", "requesting", "requested", "regimes", "request", "facts", "script", "truth"},
	reflect.TypeFor[mla.Request]():       {"authority", "offence", "conduct", "purpose", "measure", "scope", "person", "provider"},
	reflect.TypeFor[mla.Offence]():       {"label", "max_penalty_years"},
	reflect.TypeFor[mla.Scope]():         {"categories", "accounts", "persons", "months"},
	reflect.TypeFor[Expectation]():       {"outcome"},
	reflect.TypeFor[GroundExpectation](): {"rule"},
	reflect.TypeFor[Truth]():             {"abusive"},
	reflect.TypeFor[Flip]():              {"with", "follows", "says"},
	reflect.TypeFor[Training]():          {"desk", "question", "difficulty", "rubric"},
	reflect.TypeFor[Judged]():            {"answer", "defensible", "why"},

	reflect.TypeFor[mla.DecideAnswer]():      {"method"},
	reflect.TypeFor[mla.AuthoriseAnswer]():   {"ruling"},
	reflect.TypeFor[mla.ChallengeAnswer]():   {"ruling"},
	reflect.TypeFor[mla.UseAnswer]():         {"purpose", "within_request"},
	reflect.TypeFor[mla.NeedEndsAnswer]():    {"why", "tells"},
	reflect.TypeFor[mla.AskLiftAnswer]():     {"answer"},
	reflect.TypeFor[mla.ConsultationReply](): {"accepts"},
	reflect.TypeFor[mla.SecrecyReply]():      {"goes_on"},
	reflect.TypeFor[mla.ValidateAnswer]():    {"ruling"},
	reflect.TypeFor[mla.DeleteAnswer]():      {"confirmed"},
	reflect.TypeFor[mla.PassOnAnswer]():      {"purpose"},
	reflect.TypeFor[mla.ConsentAnswer]():     {"grants"},

	reflect.TypeFor[mla.ShareAnswer]():       {"why", "records"},
	reflect.TypeFor[mla.TeamAnswer]():        {"name", "purpose"},
	reflect.TypeFor[mla.ContactAnswer]():     {"ask", "claim"},
	reflect.TypeFor[mla.ContactTellAnswer](): {"answer"},
	reflect.TypeFor[mla.CallBackAnswer]():    {"genuine", "how"},
	reflect.TypeFor[mla.ApproachAnswer]():    {"sender", "claim"},
	reflect.TypeFor[mla.DiscloseAnswer]():    {"discloses"},
	reflect.TypeFor[mla.CheckSenderAnswer](): {"genuine", "how"},
	reflect.TypeFor[mla.EmergencyAnswer]():   {"real", "by"},
	reflect.TypeFor[mla.AccessAnswer]():      {"consent", "records"},
	reflect.TypeFor[mla.LedgerAnswer]():      {"findings"},
	reflect.TypeFor[mla.RetentionAnswer]():   {"why"},
	reflect.TypeFor[mla.DefenceAnswer]():     {"why"},

	reflect.TypeFor[mla.ScreenAnswer]():       {"how"},
	reflect.TypeFor[mla.FilterAnswer]():       {"held", "by"},
	reflect.TypeFor[mla.AskAssuranceAnswer](): {"of"},
	reflect.TypeFor[mla.AssuranceAnswer]():    {"gives"},
	reflect.TypeFor[mla.AssistAnswer]():       {"what"},
	reflect.TypeFor[mla.ExportAnswer]():       {"damage"},
	reflect.TypeFor[mla.CarryAnswer]():        {"damage"},
	reflect.TypeFor[mla.TrialAnswer]():        {"admits"},
	reflect.TypeFor[mla.AnswerReviewAnswer](): {"words"},
	reflect.TypeFor[mla.BreachAnswer]():       {"persons"},
	reflect.TypeFor[mla.RemedyRulingAnswer](): {"grants", "reason"},
	reflect.TypeFor[mla.LegislateAnswer]():    {"safeguards", "what"},
}

// names gives the fields of a struct by the key they have in YAML, those of embedded structs included.
func names(t reflect.Type) map[string][]int {
	out := map[string][]int{}
	for _, f := range reflect.VisibleFields(t) {
		tag := f.Tag.Get("yaml")
		if tag == "" {
			tag = f.Tag.Get("json")
		}
		name, _, _ := strings.Cut(tag, ",")
		if name != "" && name != "-" {
			out[name] = f.Index
		}
	}
	return out
}

func sortedNames[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func words[T ~string](set []T) []string {
	out := make([]string, len(set))
	for i, w := range set {
		out[i] = string(w)
	}
	return out
}

// join appends a name to a path.
func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// field is the last name of a path: of "script.decide[0].raises[1]" it is raises.
func field(path string) string {
	for strings.HasSuffix(path, "]") {
		path = path[:strings.LastIndexByte(path, '[')]
	}
	return path[strings.LastIndexByte(path, '.')+1:]
}

// in says where a value is, for a message; the case itself goes without saying.
func in(path string) string {
	if path == "" {
		return ""
	}
	return " in " + path
}
