/** Cognitive behavioural therapy for pain: leads a participant through a programme of lessons and exercises. */
package org.anodyne.plugins.cbt;
