/** Questionnaires and forms that are filled in outside sessions: by assessors, by participants at home. */
package org.anodyne.console.form;
