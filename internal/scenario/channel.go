package scenario

import (
	"fmt"
	"slices"
	"strings"

	"rogatory/internal/mla"
)

// checkChannel holds a case to the way in which its data are sought: the questions that are put on it, and what the author
// may stipulate of it.
func (b *binder) checkChannel(c *Case) {
	way := "on a request between central authorities"
	if c.Request.Channel != mla.Formal {
		way = "on channel " + string(c.Request.Channel)
	}
	for _, q := range mla.Questions {
		if len(c.Script[q]) > 0 && !q.PutOn(c.Request.Channel) {
			b.faultOn("script."+string(q)+"[0]", fmt.Sprintf("%s is not asked %s", q, way), "remove it, or set request.channel")
		}
	}
	if b.v.CheckState(mla.State(strings.ToLower(c.Request.Provider))) == nil {
		b.faultOn("request.provider", c.Request.Provider+" is a State", "give the firm another name: it keeps a register under its own")
	} else if !strings.ContainsFunc(c.Request.Provider, func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}) {
		b.faultOn("request.provider", c.Request.Provider+" has no letter", "a provider keeps a register under its name: use letters a to z")
	}
	if c.Request.Channel != mla.Formal && c.Request.Preserve {
		b.faultOn("request.preserve", "nothing is preserved ahead of what is no request", "remove it, or request.channel")
	}
	for i, a := range c.Script[mla.QRetry] {
		if r, ok := a.(mla.RetryAnswer); ok && r.Requested == c.Requesting {
			b.faultOn(fmt.Sprintf("script.retry[%d].requested", i), fmt.Sprintf("%s asks itself for help", r.Requested), "name another State")
		}
	}
	b.checkStipulatedOfChannel(c)
}

// checkStipulatedOfChannel keeps the truth file from saying what the script contradicts, or what has no meaning here.
func (b *binder) checkStipulatedOfChannel(c *Case) {
	t, channel := c.Truth, c.Request.Channel
	if t.Prompted != nil && channel != mla.Spontaneous {
		b.faultOn("truth.prompted", "prompted is about what is given unasked", "set request.channel: spontaneous, or remove it")
	}
	if channel != mla.Voluntary {
		return
	}
	forged := func(a mla.ReplyTo) bool { m, ok := a.(mla.ApproachAnswer); return ok && m.Forged }
	if approaches := c.Script[mla.QApproach]; slices.ContainsFunc(approaches, forged) {
		if t.SenderGenuine == nil || *t.SenderGenuine {
			b.faultOn("truth", "a message is forged and its sender is stipulated as genuine, or not at all", "say truth.sender_genuine: false")
		}
	} else if len(approaches) > 0 && t.SenderGenuine != nil && !*t.SenderGenuine {
		b.faultOn("truth.sender_genuine", "no message is forged", "say forged: true in script.approach")
	}
}
