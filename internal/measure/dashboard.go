package measure

// Headline is one line of the dashboard: a question, and the measures that answer it.
type Headline struct {
	Asks     string
	Measures []string // ids
}

// Dashboard is the ten lines that stand for the whole catalogue.
var Dashboard = []Headline{
	{"Do secrets end?", []string{"G01.IndefiniteShare", "G01.Stale.5y"}},
	{"Did a judge see it first?", []string{"G03.UnjudgedShare.subscriber", "G03.UnjudgedShare.traffic", "G03.UnjudgedShare.content"}},
	{"Are people told?", []string{"G31.NoticeRate.1y"}},
	{"Is dual criminality real?", []string{"G27.FalseDual"}},
	{"Are rights grounds used?", []string{"G28.Unused", "G30.Recall", "G30.FalseAlarm", "G30.ROC"}},
	{"Does scrutiny survive load?", []string{"G16.Refused", "G16.DetectSlope"}},
	{"Does it go round the back?", []string{"G35.InformalShare", "G35.ChannelShift"}},
	{"Can the public see it?", []string{"G04.Coverage", "G04.ReportedRatio"}},
	{"Does a refusal hold?", []string{"G25.RetryAfterRefusal", "G25.ShopRate"}},
	{"Can anybody go to law?", []string{"G32.RemedyReach", "G32.Notice", "G32.Standing", "G32.Forum", "G32.InTime"}},
}

// Prices are the measures that stand beside every line.
var Prices = []string{"Price.FalseStop", "Price.HonestDays"}
