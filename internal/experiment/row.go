package experiment

import (
	"time"

	"rogatory/internal/measure"
	"rogatory/internal/mla"
	"rogatory/internal/population"
	"rogatory/internal/simulation"
)

// Row is one case of cases.parquet: what its log and its author say. Days are whole legal days; -1 is never.
type Row struct {
	Arm         string  `parquet:"arm,dict"`
	Replication int32   `parquet:"replication"`
	Case        string  `parquet:"case"`
	Instrument  string  `parquet:"instrument,dict"`
	Requesting  string  `parquet:"requesting,dict"`
	Requested   string  `parquet:"requested,dict"`
	Measure     string  `parquet:"measure,dict"`
	Category    string  `parquet:"category,dict"`
	Urgent      bool    `parquet:"urgent"`
	Abusive     bool    `parquet:"abusive"` // stipulated: made for an improper purpose
	Kind        string  `parquet:"abuse_kind,dict"`
	Camouflaged bool    `parquet:"camouflaged"`
	Counted     bool    `parquet:"counted"`   // begun after the warm-up
	Began       int32   `parquet:"began_day"` // from the first day of the population
	Outcome     string  `parquet:"outcome,dict"`
	Decision    int32   `parquet:"days_to_decision"` // from the letter, to the decision heard
	Delivery    int32   `parquet:"days_to_delivery"` // from the letter, to the evidence received
	Total       int32   `parquet:"days_in_all"`      // from the beginning of the draft, to the evidence received
	Waited      float64 `parquet:"days_waited"`      // for an officer; -1: nobody took it up
	Load        float64 `parquet:"load"`             // of the officers' desk then
	Minutes     int32   `parquet:"minutes"`          // of scrutiny; -1: none
	Looked      bool    `parquet:"looked"`           // the check for discrimination was made
	Open        int32   `parquet:"grounds_open"`     // on the stipulated facts, at admissibility
	OpenKnown   int32   `parquet:"grounds_open_known"`
	Secrets     int32   `parquet:"secrets"`
	Standing    int32   `parquet:"secrets_standing"` // at the end of observation
	SecretDays  int32   `parquet:"secret_days"`
	Returned    bool    `parquet:"returned"`
	Judged      bool    `parquet:"judged"` // somebody independent authorised before service
	Denied      bool    `parquet:"denied"`
	Modified    bool    `parquet:"modified"`
	Challenged  bool    `parquet:"challenged"`
	Produced    bool    `parquet:"produced"`
	Records     int32   `parquet:"records"`
	Persons     int32   `parquet:"persons"`        // whose data were produced
	Notified    int32   `parquet:"days_to_notice"` // from production
	OffPurpose  bool    `parquet:"off_purpose"`
	Again       bool    `parquet:"again"`        // tried again after a refusal
	Channel     string  `parquet:"channel,dict"` // empty: a letter
	Displaced   bool    `parquet:"displaced"`    // it would have been a letter, had there been no safeguard and no pile
	Obtained    int32   `parquet:"days_to_data"` // from the first day to the data in hand, by whatever channel
	Usable      bool    `parquet:"usable"`       // as evidence, by what the record of their use says
	Events      int32   `parquet:"events"`

	arrived   bool  // at the requested State
	emergency bool  // a provider gave data on a claim of danger to life
	hostSees  bool  // the central authority of the State where the data are has decided on it or been told
	told      int32 // days from the data in hand to the person's notice
	core      bool  // its label is an offence that cannot be committed without a computer
	open      opened
	reviewed  int32 // days an independent reviewer had the file afterwards; -1: nobody reviewed it
	lot       bool  // it was drawn for that at random
	finding   bool
	demanded  bool
	endless   int32
	durations []span
	score     float64
}

// opened is what somebody who reads nothing but what is open to the public can tell of a letter.
type opened struct {
	request bool // that there is one
	refusal bool // that one was refused
	secret  bool // that one is secret, from published figures
	sealed  bool // an entry on the public register that stays sealed
}

// read takes from an event what is open.
func (o *opened) read(v *mla.Event) {
	if !v.ReadableBy(mla.Public) {
		return
	}
	switch b := v.Body.(type) {
	case mla.DocketEnteredBody:
		o.request, o.sealed = true, true
	case mla.DocketOpenedBody:
		o.sealed = false
	case mla.DecidedBody:
		o.request, o.refusal = true, o.refusal || b.Outcome == mla.Refused
	case mla.ConfidentialityImposedBody:
		o.secret = true
	case mla.StatisticPublishedBody:
		o.request = o.request || b.Received > 0
		o.refusal = o.refusal || b.Counts[string(mla.Refused)] > 0
		o.secret = o.secret || b.Counts["secrecy orders"] > 0
	}
}

// span is how long a secret stood, and whether it was seen to end.
type span struct {
	days  int
	ended bool
}

func newRow(arm string, e *simulation.Ended, stipulated int) Row {
	r := &e.Case.Request
	row := Row{reviewed: -1, told: -1, Obtained: -1, Channel: string(r.Channel), Displaced: e.Case.Displaced,
		Arm: arm, Replication: int32(e.Case.Replication), Case: e.Case.ID, Instrument: r.Instruments[0],
		Requesting: string(r.Requesting), Requested: string(r.Requested), Measure: string(r.Measure), Category: string(r.Scope.Categories[0]),
		Urgent: r.Urgent, Abusive: e.Case.Truth.Abusive, Kind: e.Case.Truth.Kind, Camouflaged: e.Case.Truth.Camouflaged,
		Began: int32(e.Case.Began()), Outcome: string(e.Result.Outcome),
		Decision: -1, Delivery: -1, Total: -1, Waited: e.Waited, Load: e.Load, Minutes: -1, Open: int32(stipulated), Notified: -1,
		Again: e.Case.Again(), Events: int32(len(e.Events)), demanded: r.Confidential, core: measure.CyberDependent(r.Offence.Label), score: e.Case.Score(),
	}
	row.read(e)
	return row
}

// course is how far the case of a row has come, event by event.
type course struct {
	start     time.Time
	host      mla.State // where the data are
	submitted time.Time // the letter; zero: it was not
	produced  time.Time // data, last
	obtained  time.Time // data by whoever asked, first
	taken     time.Time // the file, by an independent reviewer
	secrets   []secret
}

// secret is one that was imposed.
type secret struct {
	order string
	at    time.Time
	over  bool
}

// read takes from the events what the row is about.
func (row *Row) read(e *simulation.Ended) {
	var room [4]secret
	c := course{start: e.Input.Start, host: e.Input.Request.Requested, secrets: room[:0]}
	var end time.Time
	for i := range e.Events {
		v := &e.Events[i]
		end = v.At
		row.open.read(v)
		row.readScrutiny(v, &c)
		row.readData(v, &c)
		row.readSilence(v, &c)
	}
	for _, s := range c.secrets {
		if !s.over {
			row.Standing++
			row.durations = append(row.durations, span{int(wholeDays(s.at, end)), false})
		}
	}
	for _, d := range row.durations {
		row.SecretDays += int32(d.days)
	}
}

// readScrutiny reads the letter, and who looked at it and what they said, before and after.
func (row *Row) readScrutiny(v *mla.Event, c *course) {
	switch b := v.Body.(type) {
	case mla.RequestSubmittedBody:
		if c.submitted.IsZero() && v.Passage == mla.Sent {
			c.submitted = v.At
		}
		row.arrived = row.arrived || v.Passage == mla.Received
	case mla.RequestReturnedBody:
		row.Returned = true
	case mla.ReviewPerformedBody:
		row.Minutes, row.Looked = int32(b.Minutes), len(b.Checks) > 0 && b.Checks[len(b.Checks)-1] == "discrimination"
	case mla.AssessedBody:
		if b.Assessment.Stage == mla.StageAdmissibility && row.Minutes >= 0 && row.Decision < 0 {
			row.OpenKnown = int32(open(&b.Assessment))
		}
	case mla.StateNotifiedBody:
		row.hostSees = row.hostSees || v.Party == c.host
	case mla.DecidedBody:
		row.hostSees = row.hostSees || v.Party == c.host
		if v.Passage == mla.Received && row.Decision < 0 {
			row.Decision = wholeDays(c.submitted, v.At)
		}
	case mla.AuthorisationDecidedBody:
		if b.Stage == mla.StageExecution {
			row.Judged = b.Independent && b.Ruling != mla.RulingDeny
			row.Denied, row.Modified = b.Ruling == mla.RulingDeny, b.Ruling == mla.RulingModify
		}
	case mla.ChallengeFiledBody:
		row.Challenged = true
	case mla.ReviewOpenedBody:
		c.taken, row.lot = v.At, b.Drawn == string(mla.DrawnAtRandom)
	case mla.ReviewClosedBody:
		row.reviewed, row.finding = wholeDays(c.taken, v.At), b.Finding != ""
	}
}

// readData reads how data came to whoever asked, by whatever channel, and what was done with them.
func (row *Row) readData(v *mla.Event, c *course) {
	obtained := func() {
		if c.obtained.IsZero() {
			c.obtained, row.Obtained = v.At, wholeDays(c.start, v.At)
		}
	}
	switch b := v.Body.(type) {
	case mla.ProducedBody:
		c.produced, row.Produced, row.Records, row.Persons = v.At, true, int32(b.Evidence.Records), int32(b.Evidence.Scope.Persons)
		if row.Channel == string(mla.Direct) {
			obtained()
		}
	case mla.PoliceSharedBody, mla.InformationSharedBody:
		if v.Passage == mla.Received {
			obtained()
		}
	case mla.VoluntaryDisclosedBody:
		obtained()
		row.emergency = b.Emergency
	case mla.ContactAnsweredBody:
		if v.Passage == mla.Received && b.Evidence != nil {
			obtained()
		}
	case mla.TransmittedBody:
		if v.Passage == mla.Received {
			obtained()
			row.Delivery, row.Total = wholeDays(c.submitted, v.At), wholeDays(c.start, v.At)
		}
	case mla.UseRecordedBody:
		row.OffPurpose, row.Usable = !b.WithinRequest, b.Purpose != population.Lead
	}
}

// readSilence reads the secrets and the person's notice.
func (row *Row) readSilence(v *mla.Event, c *course) {
	switch b := v.Body.(type) {
	case mla.ConfidentialityImposedBody:
		c.secrets = append(c.secrets, secret{order: b.Order, at: v.At})
		row.Secrets++
		if b.ExpiresAt == nil {
			row.endless++
		}
	case mla.ConfidentialityLiftedBody:
		for i := range c.secrets {
			if s := &c.secrets[i]; s.order == b.Order && !s.over {
				s.over = true
				row.durations = append(row.durations, span{int(wholeDays(s.at, v.At)), true})
			}
		}
	case mla.SubjectNotifiedBody:
		row.Notified = -1
		if !c.produced.IsZero() {
			row.Notified = max(0, wholeDays(c.produced, v.At))
		}
		if !c.obtained.IsZero() {
			row.told = max(0, wholeDays(c.obtained, v.At))
		}
	}
}

func wholeDays(from, to time.Time) int32 { return int32((to.Unix() - from.Unix()) / (24 * 60 * 60)) }
