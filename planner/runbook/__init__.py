"""What whoever is on call has to know: deadlines, escalation, and what to tell at a handover."""
