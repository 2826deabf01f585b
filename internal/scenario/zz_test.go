package scenario_test
import ("testing";"fmt";"slices"
"rogatory/internal/mla";"rogatory/internal/simulation";"rogatory/internal/measure";"rogatory/policies";"rogatory/workflows")
func TestZZ(t *testing.T){
 law:=lawOf(t)
 for _,c:=range shipped(t){ for _,r:=range c.Regimes{
  l,_:=law.Law(policies.Pair{Instruments:[]string{r},Requesting:c.Requesting,Requested:c.Requested})
  req:=c.Request; req.Instruments=[]string{r}
  res,ev,err:=simulation.Conduct(workflows.Input{Case:c.ID,Policy:law.Digest(),Start:c.Start,Horizon:c.Horizon,Request:req,Stated:c.Stated(),Known:c.Known(),Script:c.Script},l)
  fmt.Println("=====",c.ID,r,res.Outcome,err)
  var f,a,n,p []measure.Sighting
  for _,e:=range ev{ e:=e; f=append(f,measure.Sighting{Cover:e.Cover(),Event:&e}); n=append(n,measure.Sighting{Cover:e.Cover()}); if slices.Contains(e.Readers,mla.Auditor){a=append(a,f[len(f)-1])}else{a=append(a,n[len(n)-1])}; if slices.Contains(e.Readers,mla.Public){p=append(p,f[len(f)-1])}}
  var fs []mla.Finding
  for _,s:=range mla.Stages{fs=append(fs,l.Assess(s,req,c.Stipulated(),mla.ByConduct).Findings...)}
  x:=l.Assess(mla.StageAdmissibility,req,c.Stipulated(),mla.ByConduct)
  for _,g:=range measure.All(map[measure.View][]measure.Sighting{measure.Omniscient:f,measure.AuditorFull:f,measure.Auditor:a,measure.AuditorNone:n,measure.Public:p},&measure.Stipulated{Facts:c.Stipulated(),Findings:fs,Truth:measure.Truth{Abusive:&c.Truth.Abusive,AbuseKind:c.Truth.AbuseKind,ProtectedConduct:&c.Truth.ProtectedConduct,CrimeInRequestedByConduct:x.DualCriminality.ByConduct}}){
   fmt.Print("   ",g.ID," ",g.Kind); for _,v:=range measure.Views{ if p:=g.Views[v];p!=nil{fmt.Print(" ",v,"=",*p)}else{fmt.Print(" ",v,"=-")}}; fmt.Println(" ",g.Reason)
  }
 }}
}
