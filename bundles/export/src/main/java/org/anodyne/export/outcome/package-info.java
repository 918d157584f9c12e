/** What was asked of the participant and what it came to: questionnaires, their answers and scores, as tables and as FHIR. */
package org.anodyne.export.outcome;
