/** The account of a neurofeedback session by the items of CRED-nf, filled in from its record. */
package org.anodyne.export.crednf;
